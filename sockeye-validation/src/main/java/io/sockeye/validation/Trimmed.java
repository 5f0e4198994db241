// SPDX-License-Identifier: Apache-2.0
package io.sockeye.validation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that text loses the white space at both ends before it is checked and handled: a component of a record that is a {@code
 * String} or a {@code List} of them, or all such components of a record. White space is what JavaScript's {@code trim} takes for
 * it: a no-break space and a byte order mark too, unlike {@link String#strip}, and no other control characters than tabs and line ends.
 *
 * <p>Records inside, in components and in lists, are looked at as well. Heeded by {@link BeanValidation}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Trimmed {}
