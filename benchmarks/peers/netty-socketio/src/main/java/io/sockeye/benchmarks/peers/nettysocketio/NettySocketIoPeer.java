// SPDX-License-Identifier: Apache-2.0
package io.sockeye.benchmarks.peers.nettysocketio;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;

/** The server netty-socketio, on one event loop. */
public final class NettySocketIoPeer {
    private NettySocketIoPeer() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length != 2 || !args[0].equals("--port")) {
            throw new IllegalArgumentException("expected: --port N");
        }
        SocketIOServer server = new SocketIOServer(configuration(Integer.parseInt(args[1])));
        server.addEventListener("echo", Object.class, (client, value, ack) -> ack.sendAckData(value));
        server.addEventListener("join", String.class, NettySocketIoPeer::join);
        server.addMultiTypeEventListener(
                "pub", (client, data, ack) -> publish(server, data), String.class, Object.class);
        server.startAsync().sync();
        System.out.println("ready " + args[1] + " " + ProcessHandle.current().pid());
    }

    private static Configuration configuration(int port) {
        Configuration configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(port);
        configuration.setBossThreads(1);
        configuration.setWorkerThreads(1);
        configuration.setUseLinuxNativeEpoll(true);
        configuration.setWebsocketCompression(false);
        configuration.setHttpCompression(false);
        configuration.getSocketConfig().setTcpNoDelay(true);
        configuration.getSocketConfig().setAcceptBackLog(4_096);
        return configuration;
    }

    private static void join(SocketIOClient client, String room, AckRequest ack) {
        client.joinRoom(room);
        ack.sendAckData();
    }

    private static void publish(SocketIOServer server, MultiTypeArgs data) {
        server.getRoomOperations(data.<String>get(0)).sendEvent("msg", data.<Object>get(1));
    }
}
