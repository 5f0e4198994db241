// SPDX-License-Identifier: Apache-2.0
package io.sockeye.validation;

import io.sockeye.event.PayloadException;
import io.sockeye.event.PayloadProblem;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trims text in records: makes a new record in the place of one in which something changes. Any thread. */
final class Trimming {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** What is known of each type, for as long as the type lives. */
    private final ClassValue<Shape> shapes = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return shape(type);
        }
    };

    private enum Part {
        /** Stays as it is. */
        FIXED,
        /** Text to trim, alone or in lists. */
        TEXT,
        /** Records that may hold text to trim, alone or in lists. */
        RECORD
    }

    /**
     * How the records of a type are taken apart and put together.
     *
     * @param parts what is done with each component; empty if no record of the type changes
     */
    private record Shape(
            List<Part> parts,
            List<Method> accessors,
            @Nullable Constructor<?> constructor) {
        static final Shape FIXED = new Shape(List.of(), List.of(), null);
    }

    /** The payload, or a copy of it in which text is trimmed. */
    <T> T apply(Class<T> type, T payload) {
        Object trimmed = trimmed(payload);
        return trimmed == payload ? payload : type.cast(trimmed);
    }

    private Object trimmed(Object value) {
        Shape shape = shapes.get(value.getClass());
        Constructor<?> constructor = shape.constructor();
        if (constructor == null) {
            return value;
        }
        try {
            @Nullable Object[] components = new @Nullable Object[shape.parts().size()];
            boolean changed = false;
            for (int index = 0; index < components.length; index++) {
                Object before = shape.accessors().get(index).invoke(value);
                components[index] = trimmed(shape.parts().get(index), before);
                changed |= components[index] != before;
            }
            return changed ? constructor.newInstance(components) : value;
        } catch (InvocationTargetException refused) {
            throw new PayloadException(
                    "a " + value.getClass().getTypeName() + " cannot be made of trimmed text",
                    refused.getCause(),
                    List.of(new PayloadProblem("", "constructor")));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a record cannot be trimmed: " + value.getClass(), impossible);
        }
    }

    private @Nullable Object trimmed(Part part, @Nullable Object value) {
        if (value == null || part == Part.FIXED) {
            return value;
        }
        if (value instanceof List<?> list) {
            return trimmed(part, list);
        }
        return part == Part.TEXT && value instanceof String text ? strip(text) : trimmed(value);
    }

    private List<?> trimmed(Part part, List<?> list) {
        List<@Nullable Object> all = new ArrayList<>(list.size());
        boolean changed = false;
        for (Object element : list) {
            Object after = trimmed(part, element);
            changed |= after != element;
            all.add(after);
        }
        return changed ? Collections.unmodifiableList(all) : list;
    }

    /** Without white space at both ends; the same text if there is none. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhite(text.charAt(start))) {
            start++;
        }
        while (start < end && isWhite(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** What ECMAScript calls WhiteSpace and LineTerminator. */
    private static boolean isWhite(char character) {
        return (character >= '\t' && character <= '\r')
                || Character.isSpaceChar(character)
                || character == BYTE_ORDER_MARK;
    }

    // Types

    private static Shape shape(Class<?> type) {
        boolean all = type.isAnnotationPresent(Trimmed.class);
        if (!type.isRecord()) {
            if (all) {
                throw new IllegalStateException(type.getTypeName() + " is @Trimmed and no record; only records can be");
            }
            return Shape.FIXED;
        }
        RecordComponent[] components = type.getRecordComponents();
        List<Part> parts =
                Arrays.stream(components).map(component -> part(component, all)).toList();
        if (parts.stream().allMatch(part -> part == Part.FIXED)) {
            return Shape.FIXED;
        }
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            List<Method> accessors =
                    Arrays.stream(components).map(RecordComponent::getAccessor).toList();
            constructor.setAccessible(true);
            accessors.forEach(accessor -> accessor.setAccessible(true));
            return new Shape(parts, accessors, constructor);
        } catch (ReflectiveOperationException | RuntimeException closed) {
            throw new IllegalStateException(
                    type.getTypeName() + " cannot be trimmed: open its package to io.sockeye.validation", closed);
        }
    }

    private static Part part(RecordComponent component, boolean all) {
        Type type = component.getGenericType();
        Type held = type instanceof ParameterizedType list && list.getRawType() == List.class
                ? list.getActualTypeArguments()[0]
                : type;
        boolean text = all || component.isAnnotationPresent(Trimmed.class);
        if (held == String.class) {
            return text ? Part.TEXT : Part.FIXED;
        }
        if (component.isAnnotationPresent(Trimmed.class)) {
            throw new IllegalStateException("component " + component.getName() + " of "
                    + component.getDeclaringRecord().getTypeName()
                    + " is @Trimmed and neither text nor a list of text");
        }
        return held instanceof Class<?> other && other.isRecord() ? Part.RECORD : Part.FIXED;
    }
}
