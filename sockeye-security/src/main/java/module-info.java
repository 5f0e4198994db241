// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** Who gets in: JSON Web Tokens, checked when a client connects and for as long as it stays. */
@NullMarked
module io.sockeye.security {
    requires transitive io.sockeye.server;
    requires transitive org.jspecify;
    requires com.nimbusds.jose.jwt;
    requires org.slf4j;

    exports io.sockeye.security;

    opens io.sockeye.security to
            tools.jackson.databind;
}
