// SPDX-License-Identifier: Apache-2.0
package io.sockeye.validation;

import io.sockeye.api.PayloadValidator;
import io.sockeye.event.PayloadException;
import io.sockeye.event.PayloadProblem;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * Checks payloads by the Jakarta Validation annotations of their types, such as {@code @NotBlank}, {@code @Size} and {@code @Valid},
 * after it trimmed what is {@link Trimmed}. Any thread.
 *
 * <p>The rule of a problem is the simple name of the annotation, its path that of the property. Expressions in messages are not
 * evaluated, and no message reaches a client.
 */
public final class BeanValidation implements PayloadValidator {
    private final Validator validator;
    private final Trimming trimming = new Trimming();

    private BeanValidation(Validator validator) {
        this.validator = validator;
    }

    /**
     * With Hibernate Validator ({@code org.hibernate.validator:hibernate-validator}), which has to be there; no implementation of
     * the expression language has to. It stops at the first problem.
     */
    public static BeanValidation create() {
        return new BeanValidation(Validation.byProvider(HibernateValidator.class)
                .configure()
                .failFast(true)
                .ignoreXmlConfiguration()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()
                .getValidator());
    }

    /** With a validator of yours. It must be safe for use by several threads, as those of factories are. */
    public static BeanValidation with(Validator validator) {
        return new BeanValidation(validator);
    }

    @Override
    public <T> T checkPayload(String event, Class<T> type, T payload) {
        T trimmed = trimming.apply(type, payload);
        Set<ConstraintViolation<T>> violations = validator.validate(trimmed);
        if (!violations.isEmpty()) {
            List<PayloadProblem> problems =
                    violations.stream().map(BeanValidation::problem).toList();
            throw new PayloadException(
                    "the payload of \"" + event + "\" breaks the rules of its type: " + problems, problems);
        }
        return trimmed;
    }

    private static PayloadProblem problem(ConstraintViolation<?> violation) {
        return new PayloadProblem(
                violation.getPropertyPath().toString(),
                violation
                        .getConstraintDescriptor()
                        .getAnnotation()
                        .annotationType()
                        .getSimpleName());
    }
}
