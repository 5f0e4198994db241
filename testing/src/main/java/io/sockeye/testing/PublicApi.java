// SPDX-License-Identifier: Apache-2.0
package io.sockeye.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The public face of a module as text: the public and protected types and members of some packages, one a line, sorted.
 * The text is checked in, so that a change of the API is a visible part of a change.
 */
public final class PublicApi {
    /** Set to {@code true}, this system property makes {@link #assertMatches} write the file. */
    private static final String UPDATE = "sockeye.api.update";

    private static final int TYPE_MODIFIERS =
            Modifier.PUBLIC | Modifier.PROTECTED | Modifier.ABSTRACT | Modifier.STATIC | Modifier.FINAL;
    private static final int MEMBER_MODIFIERS = TYPE_MODIFIERS & ~Modifier.ABSTRACT;
    private static final Set<String> OBJECT_METHODS = Set.of("equals", "hashCode", "toString");

    private final String text;

    private PublicApi(String text) {
        this.text = text;
    }

    /**
     * Reads the API from compiled classes that are also on the class path.
     *
     * @param classes the root of the class files
     * @param packages the packages that the module exports, without those below them
     */
    public static PublicApi of(Path classes, String... packages) {
        StringBuilder text = new StringBuilder();
        for (String name : new TreeSet<>(List.of(packages))) {
            List<Class<?>> types = typesOf(classes, name);
            if (!types.isEmpty()) {
                text.append("package ").append(name).append("\n\n");
                types.forEach(type -> appendType(text, type));
            }
        }
        return new PublicApi(text.toString());
    }

    /** Fails unless the file holds this API; writes the file instead when asked to by {@code ./dev api}. */
    public void assertMatches(Path file) {
        try {
            String recorded = Files.exists(file) ? Files.readString(file) : "";
            if (Boolean.getBoolean(UPDATE)) {
                Files.writeString(file, text);
            } else if (!recorded.equals(text)) {
                throw new AssertionError(
                        "The public API differs from " + file.toAbsolutePath().getFileName() + ":\n"
                                + difference(recorded) + "If that is intended, run ./dev api and commit the file.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return text;
    }

    private String difference(String recorded) {
        StringBuilder lines = new StringBuilder();
        List<String> before = recorded.lines().toList();
        List<String> now = text.lines().toList();
        before.stream()
                .filter(line -> !now.contains(line))
                .forEach(line -> lines.append("- ").append(line).append('\n'));
        now.stream()
                .filter(line -> !before.contains(line))
                .forEach(line -> lines.append("+ ").append(line).append('\n'));
        return lines.toString();
    }

    private static List<Class<?>> typesOf(Path classes, String packageName) {
        Path directory = classes.resolve(packageName.replace('.', '/'));
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .<Class<?>>map(name -> load(packageName + "." + name.substring(0, name.length() - 6)))
                    .filter(PublicApi::isVisible)
                    .sorted(Comparator.comparing(Class::getName))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " is not on the class path of the test", e);
        }
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return !type.isAnonymousClass()
                && !type.isLocalClass()
                && isVisible(type.getModifiers())
                && (outer == null || isVisible(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void appendType(StringBuilder text, Class<?> type) {
        text.append(header(type)).append('\n');
        for (Field field : type.getDeclaredFields()) {
            if (field.isEnumConstant()) {
                text.append("    ").append(field.getName()).append('\n');
            }
        }
        members(type).forEach(member -> text.append("    ").append(member).append('\n'));
        text.append('\n');
    }

    private static String header(Class<?> type) {
        int modifiers = type.isInterface() ? TYPE_MODIFIERS & ~Modifier.ABSTRACT & ~Modifier.STATIC : TYPE_MODIFIERS;
        modifiers = type.isRecord() || type.isEnum() ? modifiers & ~Modifier.FINAL & ~Modifier.STATIC : modifiers;
        StringBuilder header = new StringBuilder(Signatures.deprecation(type))
                .append(Signatures.modifiers(type.getModifiers(), modifiers))
                .append(type.isSealed() ? "sealed " : "")
                .append(kind(type))
                .append(' ')
                .append(Signatures.name(type))
                .append(Signatures.typeParameters(type.getTypeParameters()))
                .append(type.isRecord() ? Signatures.components(type) : "");
        if (kind(type).equals("class") && type.getSuperclass() != Object.class) {
            header.append(Signatures.list(" extends ", type.getAnnotatedSuperclass()));
        }
        if (!type.isAnnotation()) {
            String keyword = type.isInterface() ? " extends " : " implements ";
            header.append(Signatures.list(keyword, type.getAnnotatedInterfaces()));
        }
        return header.toString();
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface";
        }
        if (type.isInterface()) {
            return "interface";
        }
        if (type.isEnum()) {
            return "enum";
        }
        return type.isRecord() ? "record" : "class";
    }

    private static List<String> members(Class<?> type) {
        List<String> members = new ArrayList<>();
        Arrays.stream(type.getDeclaredFields())
                .filter(field -> isListed(field) && !field.isEnumConstant())
                .map(PublicApi::field)
                .forEach(members::add);
        Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> isListed(constructor) && !Signatures.isCanonical(constructor))
                .map(PublicApi::constructor)
                .forEach(members::add);
        Arrays.stream(type.getDeclaredMethods())
                .filter(method -> isListed(method) && !isGiven(method))
                .map(PublicApi::method)
                .forEach(members::add);
        members.sort(Comparator.naturalOrder());
        return members;
    }

    private static boolean isListed(Member member) {
        return isVisible(member.getModifiers()) && !member.isSynthetic();
    }

    /** Returns whether the method comes with the kind of type: overrides of Object's, accessors, what an enum has. */
    private static boolean isGiven(Method method) {
        Class<?> type = method.getDeclaringClass();
        if (OBJECT_METHODS.contains(method.getName())) {
            return true;
        }
        if (type.isRecord() && method.getParameterCount() == 0) {
            return Arrays.stream(type.getRecordComponents())
                    .anyMatch(component -> method.equals(component.getAccessor()));
        }
        return type.isEnum()
                && (method.getName().equals("values") || method.getName().equals("valueOf"));
    }

    private static String field(Field field) {
        return "field " + Signatures.deprecation(field) + Signatures.modifiers(field.getModifiers(), MEMBER_MODIFIERS)
                + Signatures.type(field.getAnnotatedType()) + " " + field.getName();
    }

    private static String constructor(Constructor<?> constructor) {
        return "constructor " + Signatures.deprecation(constructor)
                + Signatures.modifiers(constructor.getModifiers(), MEMBER_MODIFIERS)
                + Signatures.name(constructor.getDeclaringClass())
                + Signatures.parameters(constructor) + Signatures.throwing(constructor);
    }

    private static String method(Method method) {
        boolean inherent = method.getDeclaringClass().isInterface()
                || Modifier.isFinal(method.getDeclaringClass().getModifiers());
        int relevant = inherent ? MEMBER_MODIFIERS & ~Modifier.FINAL : MEMBER_MODIFIERS | Modifier.ABSTRACT;
        String parameters = Signatures.typeParameters(method.getTypeParameters());
        return "method " + Signatures.deprecation(method) + Signatures.modifiers(method.getModifiers(), relevant)
                + (method.isDefault() ? "default " : "") + (parameters.isEmpty() ? "" : parameters + " ")
                + Signatures.type(method.getAnnotatedReturnType()) + " " + method.getName()
                + Signatures.parameters(method) + Signatures.throwing(method);
    }
}
