#include "base/dose.hpp"

#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A decimal number taken apart: value = ± digits × 10^exponent. At most 18 significant digits are kept; the
/// first digit cut off still decides rounding half up only when it stands right behind the kept ones, which
/// is exact here because callers round at far fewer digits.
struct Decimal {
    bool negative = false;
    std::int64_t digits = 0;
    int exponent = 0;
};

std::optional<int> parse_exponent(std::string_view text) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-')) return std::nullopt;
    }
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range) return text.front() == '-' ? -1'000'000 : 1'000'000;
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<Decimal> parse_decimal(std::string_view text) {
    Decimal result;
    std::size_t i = 0;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) result.negative = text[i++] == '-';
    bool any = false, point = false;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '.' && !point) {
            point = true;
        } else if (is_digit(c)) {
            any = true;
            if (result.digits < 100'000'000'000'000'000) {
                result.digits = result.digits * 10 + (c - '0');
                result.exponent -= point;
            } else {
                result.exponent += !point;
            }
        } else {
            break;
        }
    }
    if (!any) return std::nullopt;
    if (i == text.size()) return result;
    if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
    const auto exponent = parse_exponent(text.substr(i + 1));
    if (!exponent) return std::nullopt;
    result.exponent += *exponent;
    return result;
}

/// The decimal × 10^places as a whole number, rounded half up (−0.5 rounds to 0); nothing above `limit` in
/// size.
std::optional<std::int64_t> scaled(const Decimal& decimal, int places, std::int64_t limit) {
    std::int64_t value = decimal.digits;
    int exponent = decimal.exponent + places;
    for (; exponent > 0 && value != 0; --exponent) {
        if (value > limit) return std::nullopt;
        value *= 10;
    }
    if (exponent < 0) {
        std::int64_t remainder = 0, divisor = 1;
        if (exponent < -18) return 0;
        for (; exponent < 0; ++exponent)
            divisor *= 10;
        remainder = value % divisor;
        value /= divisor;
        const bool up = decimal.negative ? remainder > divisor - remainder : remainder >= divisor - remainder;
        if (remainder != 0 && up) ++value;
    }
    if (value > limit) return std::nullopt;
    return decimal.negative ? -value : value;
}

std::optional<std::int64_t> parse_scaled(std::string_view text, int places, std::int64_t limit) {
    const auto decimal = parse_decimal(text);
    if (!decimal) return std::nullopt;
    return scaled(*decimal, places, limit);
}

}  // namespace

std::optional<Micrograms> parse_milligrams(std::string_view text) {
    const auto value = parse_scaled(text, 3, largest_dose.number);
    if (!value) return std::nullopt;
    return Micrograms{*value};
}

std::optional<std::int64_t> parse_millionths(std::string_view text) {
    return parse_scaled(text, 6, 1'000'000'000'000);
}

std::string milligram_text(Micrograms dose) {
    const std::int64_t size = dose.number < 0 ? -dose.number : dose.number;
    std::string text = fmt::format("{}{}", dose.number < 0 ? "-" : "", size / 1000);
    if (size % 1000 == 0) return text;
    text += fmt::format(".{:03}", size % 1000);
    while (text.back() == '0')
        text.pop_back();
    return text;
}

}  // namespace optimat
