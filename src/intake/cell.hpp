#pragma once
// The text of one cell → its value. Each reader says "nothing" for what it cannot read; the row reader turns that into
// an issue. Fast paths for what files are made of, exact slow paths for the rest.

#include "base/day.hpp"
#include "base/dose.hpp"
#include "intake/mapping.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace optimat {

/// A day in the given form; nothing when it is not written so or the calendar has no such readable day.
std::optional<Day> read_day(std::string_view text, DateForm form);

/// Whether the text is written in any of the forms that a file may declare: tells a date in another form from junk.
bool looks_like_a_day(std::string_view text);

/// Digits, with a sign allowed; nothing otherwise or beyond ± 1,000,000.
std::optional<std::int32_t> read_whole_number(std::string_view text);

/// A dose in milligrams as micrograms: whole and short decimal numbers at once, all others through parse_milligrams.
std::optional<Micrograms> read_dose(std::string_view text);

/// The texts of one code list → their codes.
class CodeReader {
  public:
    explicit CodeReader(const CodeList& list);
    /// The code, or nothing when the list has no such text.
    std::optional<std::uint8_t> read(std::string_view text) const;

  private:
    static std::size_t slot_of(std::string_view text);
    const CodeList* m_list;
    std::array<std::uint8_t, 128> m_slots{};  ///< code + 1 by hash of its text; the next free slot on a clash
};

}  // namespace optimat
