// SPDX-License-Identifier: Apache-2.0
package io.sockeye.spi;

/** Makes the adapter of each namespace, when the namespace is made. Any thread. */
@FunctionalInterface
public interface AdapterFactory {
    Adapter create(LocalSockets local);
}
