#pragma once
// Figures as people read them. Everything shown is rounded half up, from whole numbers where there are any,
// so that the terminal, the workbook and a calculator agree. A figure that cannot be is `–`, never 0.

#include "measure/tracker.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace optimat {

/// What stands where there is no figure.
inline constexpr std::string_view no_figure = "–";

/// `27,080`.
std::string count_text(std::int64_t count);

/// numerator ÷ denominator with `places` decimals (0 to 6), rounded half up exactly; nothing when the
/// denominator is 0. The denominator is not negative, and the quotient × 10^places fits 63 bits.
std::optional<std::string> ratio_text(std::int64_t numerator, std::int64_t denominator, int places);

/// A figure with `places` decimals, rounded half up. What lies within a millionth of the last place below a
/// half counts as the half: 2.675 is written 2.68 although the machine's number is a little less.
std::string decimal_text(double figure, int places);

/// `17.76 %`; `–` when the whole is 0.
std::string percent_text(std::int64_t part, std::int64_t whole, int places);
/// A share from 0 to 1 as `17.8 %`; `–` when missing.
std::string percent_text(std::optional<double> share, int places);

/// Mean in milligrams with `places` decimals; nothing when nobody's dose is known.
std::optional<std::string> mean_mg_text(const DoseSum& sum, int places);

/// `1 person`, `2 people`.
std::string people_text(std::int64_t count);
/// `1 day`, `1,250 days`: the count and the noun, with an s unless it is one.
std::string counted(std::int64_t count, std::string_view noun);

}  // namespace optimat
