// SPDX-License-Identifier: Apache-2.0
package io.sockeye.app.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A share such as {@code 10%}. */
final class ShareConverter implements ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3}(\\.\\d+)?)%");

    @Override
    public Double convert(String value) {
        Matcher matcher = FORM.matcher(value);
        double percent = matcher.matches() ? Double.parseDouble(matcher.group(1)) : -1;
        if (percent < 0 || percent >= 100) {
            throw new TypeConversionException("\"" + value + "\" is not a share below 100%, such as 10%.");
        }
        return percent / 100;
    }
}
