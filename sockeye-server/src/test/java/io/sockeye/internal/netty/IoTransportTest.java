// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.api.NetworkIo;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Also names what this machine has, for the tests that run once on each. */
public class IoTransportTest {
    /** All that can be used here. */
    public static List<NetworkIo> available() {
        return Stream.of(NetworkIo.values())
                .filter(candidate -> IoTransport.obstacle(candidate) == null)
                .toList();
    }

    @Test
    void nioAndAChoiceAreEverywhere() {
        assertThat(available()).contains(NetworkIo.NIO, NetworkIo.AUTOMATIC);
        assertThat(IoTransport.of(NetworkIo.AUTOMATIC).label()).isIn("epoll", "NIO");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNamedIsTakenOrRefused(NetworkIo wanted) {
        if (IoTransport.obstacle(wanted) == null) {
            assertThat(IoTransport.of(wanted).label()).isNotEmpty();
        } else {
            assertThatThrownBy(() -> IoTransport.of(wanted)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aRefusalSaysWhatIsMissing() {
        Throwable obstacle = new UnsatisfiedLinkError("io_uring_queue_init: Operation not permitted");
        assertThat(IoTransport.missing(NetworkIo.IO_URING, "netty-transport-native-io_uring", obstacle))
                .hasMessageContaining("networkIo is IO_URING")
                .hasMessageContaining("io.netty:netty-transport-native-io_uring")
                .hasMessageContaining("AUTOMATIC")
                .hasCause(obstacle);
    }
}
