#include "intake/cell.hpp"

namespace optimat {

const std::array<std::int32_t, detail::table_months + 1> detail::month_starts = [] {
    std::array<std::int32_t, table_months + 1> starts{};
    Day day = first_readable_day;
    for (std::int32_t& start : starts) {
        start = day.number;
        day = add_months(day, 1);
    }
    return starts;
}();

namespace {

/// Value of digits at text[at, at + count); `bad` gathers whether one was no digit.
unsigned digits(std::string_view text, std::size_t at, std::size_t count, bool& bad) {
    unsigned value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        const auto digit = static_cast<unsigned char>(text[i] - '0');
        bad |= digit > 9;
        value = value * 10 + digit;
    }
    return value;
}

std::optional<Day> read_slashes(std::string_view text) {
    if (text.size() != 10 || text[2] != '/' || text[5] != '/') return std::nullopt;
    bool bad = false;
    const unsigned day = digits(text, 0, 2, bad), month = digits(text, 3, 2, bad),
                   year = digits(text, 6, 4, bad);
    if (bad) return std::nullopt;
    return detail::readable_day(year, month, day);
}

std::optional<Day> read_compact(std::string_view text) {
    if (text.size() != 8) return std::nullopt;
    bool bad = false;
    const unsigned year = digits(text, 0, 4, bad), month = digits(text, 4, 2, bad),
                   day = digits(text, 6, 2, bad);
    if (bad) return std::nullopt;
    return detail::readable_day(year, month, day);
}

}  // namespace

std::optional<Day> read_day(std::string_view text, DateForm form) {
    switch (form) {
    case DateForm::year_month_day:
        return read_iso_day(text);
    case DateForm::day_month_year_slashes:
        return read_slashes(text);
    case DateForm::compact:
        return read_compact(text);
    }
    return std::nullopt;
}

std::optional<std::int32_t> read_whole_number(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    if (text.empty() || text.size() > 7) return std::nullopt;
    bool bad = false;
    const auto value = static_cast<std::int32_t>(digits(text, 0, text.size(), bad));
    if (bad || value > 1'000'000) return std::nullopt;
    return negative ? -value : value;
}

std::optional<Micrograms> read_dose(std::string_view text) {
    // Up to six digits with at most three decimals: what doses are. Everything else takes the exact slow
    // path.
    std::int64_t value = 0;
    int decimals = -1;
    if (text.size() > 8) return parse_milligrams(text);
    for (const char c : text) {
        const auto digit = static_cast<unsigned char>(c - '0');
        if (digit <= 9) {
            value = value * 10 + digit;
            decimals += decimals >= 0;
        } else if (c == '.' && decimals < 0) {
            decimals = 0;
        } else {
            return parse_milligrams(text);
        }
    }
    static constexpr std::int64_t scale[] = {1000, 1000, 100, 10, 1};
    if (decimals > 3 || text.size() <= static_cast<std::size_t>(decimals >= 0)) return parse_milligrams(text);
    const Micrograms dose{value * scale[decimals + 1]};
    if (dose > largest_dose) return std::nullopt;
    return dose;
}

CodeReader::CodeReader(const CodeList& list) : m_list(&list) {
    for (std::size_t code = 1; code < list.texts.size(); ++code) {
        std::size_t slot = slot_of(list.texts[code]);
        while (m_slots[slot] != 0)
            slot = (slot + 1) % m_slots.size();
        m_slots[slot] = static_cast<std::uint8_t>(code + 1);
    }
}

}  // namespace optimat
