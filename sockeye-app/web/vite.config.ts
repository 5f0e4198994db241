import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  base: './',
  server: {
    proxy: {
      '/socket.io': { target: process.env.SOCKEYE_URL ?? 'http://localhost:3000', ws: true },
    },
  },
  test: { include: ['src/**/*.test.ts'] },
});
