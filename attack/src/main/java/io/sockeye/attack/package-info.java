/** Attacks on a server in a process of its own, and what they did to it and to others. */
@NullMarked
package io.sockeye.attack;

import org.jspecify.annotations.NullMarked;
