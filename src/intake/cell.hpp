#pragma once
// The text of one cell → its value. Each reader says "nothing" for what it cannot read; the row reader turns
// that into an issue. Fast paths for what files are made of, exact slow paths for the rest.

#include "base/bytes.hpp"
#include "base/day.hpp"
#include "base/dose.hpp"
#include "intake/mapping.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace optimat {

namespace detail {
constexpr int first_table_year = 1900, last_table_year = 2199;
constexpr std::size_t table_months = (last_table_year - first_table_year + 1) * 12;
/// Day number of the first of each month from January 1900, and one more: a day is one look-up and one
/// addition.
extern const std::array<std::int32_t, table_months + 1> month_starts;

/// The day of numbers that may be no date; nothing when the calendar has no such readable day.
inline std::optional<Day> readable_day(unsigned year, unsigned month, unsigned day) {
    if (month - 1 > 11 || day == 0 || year < first_table_year) return std::nullopt;
    if (year > last_table_year)
        return day_of(static_cast<int>(year), static_cast<int>(month), static_cast<int>(day));
    const std::size_t index = (year - first_table_year) * 12 + month - 1;
    const Day result{month_starts[index] + static_cast<std::int32_t>(day) - 1};
    if (result.number >= month_starts[index + 1]) return std::nullopt;
    return result;
}
}  // namespace detail

/// `YYYY-MM-DD`, eight bytes at once: each digit checked, each dash too. Nothing for anything else.
inline std::optional<Day> read_iso_day(std::string_view text) {
    if (text.size() != 10) return std::nullopt;
    // "0000-00-" with the first byte lowest: after the exclusive or, digits are 0–9 and dashes 0.
    const std::uint64_t values = detail::load<std::uint64_t>(text.data()) ^ 0x2d30302d30303030;
    constexpr std::uint64_t dashes = 0xff0000ff00000000, sixes = 0x0606060606060606,
                            high = 0xf0f0f0f0f0f0f0f0;
    const auto tens = static_cast<unsigned char>(text[8] - '0'),
               ones = static_cast<unsigned char>(text[9] - '0');
    if (((values | (values + sixes)) & high) != 0 || (values & dashes) != 0 || tens > 9 || ones > 9)
        return std::nullopt;
    const auto digit = [&](int i) { return static_cast<unsigned>(values >> (8 * i)) & 0xf; };
    return detail::readable_day(digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3),
                                digit(5) * 10 + digit(6), tens * 10u + ones);
}

/// A day in the given form; nothing when it is not written so or the calendar has no such readable day.
std::optional<Day> read_day(std::string_view text, DateForm form);

/// Digits, with a sign allowed; nothing otherwise or beyond ± 1,000,000.
std::optional<std::int32_t> read_whole_number(std::string_view text);

/// A dose in milligrams as micrograms: whole and short decimal numbers at once, all others through
/// parse_milligrams.
std::optional<Micrograms> read_dose(std::string_view text);

/// The texts of one code list → their codes.
class CodeReader {
  public:
    explicit CodeReader(const CodeList& list);
    /// The code, or nothing when the list has no such text.
    std::optional<std::uint8_t> read(std::string_view text) const {
        if (text.empty()) return 0;
        for (std::size_t slot = slot_of(text); m_slots[slot] != 0; slot = (slot + 1) % m_slots.size()) {
            const auto code = static_cast<std::uint8_t>(m_slots[slot] - 1);
            if (same_bytes(m_list->texts[code], text)) return code;
        }
        return std::nullopt;
    }

  private:
    static std::size_t slot_of(std::string_view text) {
        const auto byte = [&](std::size_t i) {
            return static_cast<unsigned>(static_cast<unsigned char>(text[i]));
        };
        return (text.size() * 37 + byte(0) * 3 + byte(text.size() / 2) * 17 + byte(text.size() - 1) * 29) %
               128;
    }
    const CodeList* m_list;
    std::array<std::uint8_t, 128> m_slots{};  ///< code + 1 by hash of its text; the next free slot on a clash
};

}  // namespace optimat
