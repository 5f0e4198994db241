/** What the tests of every module share. */
@NullMarked
package io.sockeye.testing;

import org.jspecify.annotations.NullMarked;
