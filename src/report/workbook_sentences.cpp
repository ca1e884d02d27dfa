#include "report/workbook_sentences.hpp"

#include "report/number_text.hpp"

#include <cstdlib>
#include <fmt/format.h>

namespace optimat::workbook {

namespace {

/// A share in tenths of a percent, rounded half up.
std::int64_t tenths(const ShareAt& share) { return (share.part * 2000 + share.whole) / (share.whole * 2); }

std::string tenths_text(std::int64_t number) { return fmt::format("{}.{}", number / 10, number % 10); }

std::string share_text(std::string_view name, const ShareAt& then, const ShareAt& now, Better better) {
    if (then.whole == 0 || now.whole == 0)
        return fmt::format("{} cannot be compared, for want of people", name);
    const std::int64_t change = tenths(now) - tenths(then);
    const std::string figure = tenths_text(tenths(now));
    if (change == 0) return fmt::format("{} is unchanged at {}%", name, figure);
    const bool improved = (change < 0) == (better == Better::lower);
    return fmt::format("{} is {} {} points to {}% ({})", name, change > 0 ? "up" : "down",
                       tenths_text(std::abs(change)), figure, improved ? "better" : "worse");
}

}  // namespace

Phrase& Phrase::operator+=(const Phrase& next) {
    expression += "&" + next.expression;
    text += next.text;
    return *this;
}

Phrase words(std::string_view text) { return {fmt::format("\"{}\"", text), std::string(text)}; }

Phrase count_phrase(const std::string& cell, std::int64_t count) {
    return {fmt::format("FIXED(N({}),0,FALSE)", cell), count_text(count)};
}

Phrase share_change(std::string_view name, const ShareAt& then, const ShareAt& now, Better better) {
    const std::string change = fmt::format("ROUND(ROUND(100*{},1)-ROUND(100*{},1),1)", now.cell, then.cell);
    const std::string figure = fmt::format("FIXED(100*{},1,TRUE)", now.cell);
    const std::string verdict = better == Better::lower ? "\"worse\",\"better\"" : "\"better\",\"worse\"";
    return {
        fmt::format("IF(OR({}=\"\",{}=\"\"),\"{} cannot be compared, for want of people\",IF({}=0,\"{} is "
                    "unchanged at "
                    "\"&{}&\"%\",\"{} is \"&IF({}>0,"
                    "\"up \",\"down \")&FIXED(ABS({}),1,TRUE)&\" points to \"&{}&\"% (\"&IF({}>0,{})&\")\"))",
                    then.cell, now.cell, name, change, name, figure, name, change, change, figure, change,
                    verdict),
        share_text(name, then, now, better)};
}

Phrase people_change(const std::string& then_cell, std::int64_t then, const std::string& now_cell,
                     std::int64_t now) {
    const std::string change = fmt::format("N({})-N({})", now_cell, then_cell);
    const std::string size = fmt::format("ABS({})", change);
    const std::int64_t people = std::abs(now - then);
    const std::string text =
        people == 0 ? "as many people in MAT"
                    : fmt::format("{} {} {} in MAT", count_text(people), now > then ? "more" : "fewer",
                                  people == 1 ? "person" : "people");
    return {fmt::format("IF({}=0,\"as many people in MAT\",FIXED({},0,FALSE)&IF({}>0,\" more \",\" fewer "
                        "\")&IF({}=1,\"person\","
                        "\"people\")&\" in MAT\")",
                        change, size, change, size),
            text};
}

}  // namespace optimat::workbook
