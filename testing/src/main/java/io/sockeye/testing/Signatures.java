// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Types and members as one line of Java each, nullness included. The JDK's own {@code toGenericString} differs between
 * JDKs where annotations are concerned, and spells every package out.
 */
final class Signatures {
    private Signatures() {}

    static String type(AnnotatedType type) {
        if (type instanceof AnnotatedArrayType array) {
            return array(array);
        }
        String nullness = nullness(type);
        if (type instanceof AnnotatedWildcardType wildcard) {
            return nullness + wildcard(wildcard);
        }
        if (type instanceof AnnotatedParameterizedType parameterized) {
            Type raw = ((ParameterizedType) parameterized.getType()).getRawType();
            return nullness + name((Class<?>) raw) + types(parameterized.getAnnotatedActualTypeArguments());
        }
        return nullness
                + (type.getType() instanceof Class<?> plain
                        ? name(plain)
                        : type.getType().getTypeName());
    }

    static String typeParameters(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables).map(Signatures::variable).collect(Collectors.joining(", ", "<", ">"));
    }

    static String parameters(Executable executable) {
        List<String> types = new ArrayList<>();
        for (AnnotatedType type : executable.getAnnotatedParameterTypes()) {
            types.add(type(type));
        }
        if (executable.isVarArgs()) {
            int last = types.size() - 1;
            String array = types.get(last);
            types.set(last, array.substring(0, array.length() - "[]".length()) + "...");
        }
        return "(" + String.join(", ", types) + ")";
    }

    static String throwing(Executable executable) {
        return list(" throws ", executable.getAnnotatedExceptionTypes());
    }

    static String components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> type(component.getAnnotatedType()) + " " + component.getName())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Returns whether the compiler would have written this constructor itself: it has the record's components. */
    static boolean isCanonical(Executable constructor) {
        Class<?> type = constructor.getDeclaringClass();
        return type.isRecord()
                && Arrays.equals(
                        constructor.getParameterTypes(),
                        Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getType)
                                .toArray());
    }

    static String list(String keyword, AnnotatedType... types) {
        return types.length == 0
                ? ""
                : keyword + Arrays.stream(types).map(Signatures::type).collect(Collectors.joining(", "));
    }

    static String modifiers(int modifiers, int relevant) {
        String text = Modifier.toString(modifiers & relevant);
        return text.isEmpty() ? "" : text + " ";
    }

    /** Returns {@code "@Deprecated "} where it applies. */
    static String deprecation(AnnotatedElement element) {
        return element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
    }

    /** Returns a name without the package for the JDK's types and ours: other people's stand out. */
    static String name(Class<?> type) {
        if (type.isArray()) {
            return name(type.getComponentType()) + "[]";
        }
        String full = type.getTypeName();
        boolean familiar = full.startsWith("java.") || full.startsWith("io.sockeye.");
        String name = familiar ? full.substring(type.getPackageName().length() + 1) : full;
        return name.replace('$', '.');
    }

    /** Java writes the outermost dimension first. */
    private static String array(AnnotatedArrayType array) {
        StringBuilder dimensions = new StringBuilder();
        AnnotatedType element = array;
        while (element instanceof AnnotatedArrayType dimension) {
            dimensions.append(spaced(nullness(dimension))).append("[]");
            element = dimension.getAnnotatedGenericComponentType();
        }
        return type(element) + dimensions;
    }

    private static String variable(TypeVariable<?> variable) {
        AnnotatedType[] bounds = Stream.of(variable.getAnnotatedBounds())
                .filter(bound ->
                        bound.getType() != Object.class || !nullness(bound).isEmpty())
                .toArray(AnnotatedType[]::new);
        String joined = Arrays.stream(bounds).map(Signatures::type).collect(Collectors.joining(" & "));
        return variable.getName() + (joined.isEmpty() ? "" : " extends " + joined);
    }

    private static String wildcard(AnnotatedWildcardType wildcard) {
        AnnotatedType[] lower = wildcard.getAnnotatedLowerBounds();
        if (lower.length > 0 && lower[0].getType() != null) {
            return "?" + list(" super ", lower);
        }
        AnnotatedType[] upper = Stream.of(wildcard.getAnnotatedUpperBounds())
                .filter(bound ->
                        bound.getType() != Object.class || !nullness(bound).isEmpty())
                .toArray(AnnotatedType[]::new);
        return "?" + list(" extends ", upper);
    }

    private static String types(AnnotatedType[] arguments) {
        return Arrays.stream(arguments).map(Signatures::type).collect(Collectors.joining(", ", "<", ">"));
    }

    private static String nullness(AnnotatedElement type) {
        return Arrays.stream(type.getAnnotations())
                .map(Annotation::annotationType)
                .filter(annotation -> annotation.getPackageName().equals("org.jspecify.annotations"))
                .map(annotation -> "@" + annotation.getSimpleName() + " ")
                .collect(Collectors.joining());
    }

    private static String spaced(String annotation) {
        return annotation.isEmpty() ? "" : " " + annotation;
    }
}
