// SPDX-License-Identifier: Apache-2.0
package io.sockeye.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/** The reference implementation with the behaviours of the profile {@code clients}, in a process of its own. */
final class ReferenceServer implements SuiteServer {
    private final Process process;
    private final String url;
    private final String messagePackUrl;
    private final String controlUrl;

    ReferenceServer() throws IOException, InterruptedException {
        process = NodeScript.start("lib/reference-process.mjs");
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        if (line == null) {
            throw new IOException("The reference did not start: it ended with status " + process.waitFor());
        }
        List<String> urls = List.of(line.split(" "));
        url = urls.get(0);
        messagePackUrl = urls.get(1);
        controlUrl = urls.get(2);
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public String messagePackUrl() {
        return messagePackUrl;
    }

    @Override
    public String controlUrl() {
        return controlUrl;
    }

    @Override
    public void close() {
        process.destroy();
    }

    @Override
    public String toString() {
        return "the reference";
    }
}
