#include "report/number_text.hpp"

#include "base/check.hpp"

#include <cmath>
#include <fmt/format.h>

namespace optimat {

namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t power_of_ten(int places) {
    std::int64_t power = 1;
    for (int i = 0; i < places; ++i)
        power *= 10;
    return power;
}

/// The largest whole number that is not above numerator ÷ denominator.
Wide floor_of(Wide numerator, Wide denominator) {
    const Wide quotient = numerator / denominator;
    return numerator % denominator < 0 ? quotient - 1 : quotient;
}

/// A number of last places as a decimal: 1776 with two places is 17.76.
std::string placed(std::int64_t number, int places) {
    const std::int64_t power = power_of_ten(places);
    const std::int64_t size = number < 0 ? -number : number;
    const std::string_view sign = number < 0 ? "-" : "";
    if (places == 0) return fmt::format("{}{}", sign, size);
    return fmt::format("{}{}.{:0{}}", sign, size / power, size % power, places);
}

}  // namespace

std::string count_text(std::int64_t count) {
    std::string text = std::to_string(count);
    const std::size_t first = count < 0 ? 1 : 0;
    for (std::size_t at = text.size(); at > first + 3;) {
        at -= 3;
        text.insert(at, 1, ',');
    }
    return text;
}

std::optional<std::string> ratio_text(std::int64_t numerator, std::int64_t denominator, int places) {
    OPTIMAT_CHECK(denominator >= 0 && places >= 0 && places <= 6,
                  "a ratio with a negative denominator or too many places");
    if (denominator == 0) return std::nullopt;
    const Wide doubled = static_cast<Wide>(numerator) * power_of_ten(places) * 2 + denominator;
    return placed(static_cast<std::int64_t>(floor_of(doubled, static_cast<Wide>(denominator) * 2)), places);
}

std::string decimal_text(double figure, int places) {
    const double scaled = figure * static_cast<double>(power_of_ten(places));
    return placed(static_cast<std::int64_t>(std::floor(scaled + 0.5 + 1e-6)), places);
}

std::string percent_text(std::int64_t part, std::int64_t whole, int places) {
    const auto text = ratio_text(part * 100, whole, places);
    return text ? *text + " %" : std::string(no_figure);
}

std::string percent_text(std::optional<double> share, int places) {
    return share ? decimal_text(*share * 100, places) + " %" : std::string(no_figure);
}

std::optional<std::string> mean_mg_text(const DoseSum& sum, int places) {
    return ratio_text(sum.micrograms, sum.people * 1000, places);
}

std::string people_text(std::int64_t count) {
    return fmt::format("{} {}", count_text(count), count == 1 ? "person" : "people");
}

std::string counted(std::int64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count_text(count), noun, count == 1 ? "" : "s");
}

}  // namespace optimat
