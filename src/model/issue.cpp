#include "model/issue.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace optimat {

namespace {

using enum Severity;
using enum Consequence;

constexpr IssueRule rules[] = {
    {"file/unknown-columns", note, kept, "the file has columns that Optimat does not know; they are ignored",
     "check their spelling against the contract, or map them"},
    {"file/discarded-columns", note, kept,
     "the mapping discards columns; their values are neither stored nor shown, and the file itself is not "
     "kept",
     "nothing to do"},
    {"file/not-in-contract", note, kept,
     "the file is none of the contract's and no mapping covers it; it is ignored",
     "check its name against the contract, or map it"},
    {"file/refused", error, file_refused, "the file cannot be used", "see its message"},
    {"row/cell-count", error, row_refused, "the row has not as many cells as the header",
     "look for a missing or extra comma, or a file that was cut off"},
    {"row/quote", error, row_refused, "text follows a closing quote",
     "double each quote inside a quoted cell"},
    {"row/unclosed-quote", error, row_refused, "a quote is opened and never closed",
     "close it; reading went on at the next line"},
    {"row/too-long", error, row_refused, "the row is longer than 1 MiB",
     "look for an unclosed quote or a damaged file"},
    {"row/blank", note, kept, "blank lines are skipped", "nothing to do"},
    {"row/required-empty", error, row_refused, "a required cell is empty",
     "fill it in the case system and export again"},
    {"row/end-before-start", error, row_refused, "the end is before the start",
     "correct one of the two dates"},
    {"cell/date", error, row_refused, "this is not a date of the calendar between 1900-01-01 and 9999-12-31",
     "correct the date; the form is YYYY-MM-DD unless a mapping says otherwise"},
    {"cell/date-form", error, row_refused, "the date is written in another form than the file's",
     "export the file with one form of date, or declare it in a mapping"},
    {"cell/code", error, cell_not_recorded, "the code is not in its list",
     "use the spelling of the contract, or map it"},
    {"cell/flag", error, cell_not_recorded, "the cell is neither true nor false",
     "write true, false or nothing"},
    {"cell/number", error, cell_not_recorded, "the cell is not a whole number",
     "write a whole number or nothing"},
    {"cell/range", error, cell_not_recorded, "the number is outside its range",
     "correct it; days of 28 go from 0 to 28"},
    {"cell/dose", error, cell_not_recorded, "the dose is not a number of at most 1,000,000 mg",
     "write milligrams a day as a decimal number"},
    {"cell/dose-not-above-zero", error, cell_not_recorded, "the dose is not above zero",
     "correct it, or leave it empty when it is not known"},
    {"cell/ml-without-strength", error, cell_not_recorded,
     "millilitres are given without a strength in mg per ml",
     "add strength_mg_per_ml; millilitres are never taken as milligrams"},
    {"cell/encoding", warning, kept, "the cell is not UTF-8; it was read as Windows-1252",
     "save the file as UTF-8"},
    {"cell/control", error, cell_not_recorded, "the cell holds control characters",
     "look for a damaged file"},
    {"cell/padded", warning, kept, "the cell has spaces around its value; they were taken off",
     "export without padding"},
    {"cell/quote", warning, kept, "a quote stands inside an unquoted cell; it was kept as it is",
     "put the cell in quotes and double the quote inside"},
    {"cell/id-too-long", error, row_refused, "the identifier is longer than 64 bytes",
     "use the case system's own short reference"},
    {"cell/text-too-long", error, cell_not_recorded, "the text is longer than 1,000 bytes", "shorten it"},
    {"id/repeated-identical", warning, row_counted_once,
     "the same row stands in the file more than once; it counts once",
     "nothing to do, or export each row once"},
    {"id/repeated-different", warning, kept, "an id stands on rows that differ; all are kept",
     "check whether they are different records"},
    {"client/not-listed", warning, kept, "the client is not in clients.csv; age and sex are not recorded",
     "export clients.csv for the same people"},
    {"service/not-listed", warning, kept, "the service is not in services.csv; it is shown by its id",
     "add it to services.csv"},
    {"client/conflicting", warning, kept,
     "rows of clients.csv differ for one client; what differs is not recorded", "keep one row a client"},
    {"service/conflicting", warning, kept,
     "rows of services.csv differ for one service; what differs is not recorded", "keep one row a service"},
    {"client/death-one-source", warning, kept,
     "the death is recorded only once: as an event or as the end of an episode, not both",
     "record it in both places"},
    {"client/record-after-death", warning, kept, "the record is dated after the client's death",
     "check both dates; the person is shown as dead from the death on"},
    {"prescription/overlap", warning, kept,
     "two prescriptions of the client with different starts overlap by more than one day; the later start "
     "counts",
     "end the earlier prescription the day before the later one"},
    {"prescription/open-after-discharge", warning, kept,
     "an open prescription of a client whose episodes have all ended",
     "end the prescription in the case system"},
    {"prescription/before-period", warning, kept, "the prescription ended before covers_from",
     "check the period of the extract"},
    {"prescription/after-period", warning, kept, "the prescription starts after covers_to",
     "check the period of the extract"},
    {"prescription/dose-implausible", warning, kept,
     "the dose is outside the plausible range of its medicine",
     "check the dose and whether it is in milligrams"},
    {"prescription/medicine-not-listed", warning, kept,
     "the medicine is not in the list; the row is kept and is not counted as MAT",
     "if it is a MAT medicine, use the spelling of the contract, or map it"},
    {"prescription/dose-disagrees", warning, kept,
     "milligrams and millilitres × strength differ; milligrams are used", "correct one of them"},
    {"top/sharing-without-injecting", warning, kept, "sharing is true but injecting_days is 0",
     "check both answers"},
    {"event/kind-not-listed", warning, kept,
     "the kind of event is not in the list; it is kept as unlisted_kind",
     "use the spelling of the contract, or map it"},
};
static_assert(std::size(rules) == rule_count);

constexpr std::string_view severity_texts[] = {"note", "warning", "error"};
constexpr std::string_view consequence_texts[] = {"kept", "cell not recorded", "row refused",
                                                  "row counted once", "file refused"};

}  // namespace

std::string_view text_of(Severity severity) { return severity_texts[static_cast<std::size_t>(severity)]; }
std::string_view text_of(Consequence consequence) {
    return consequence_texts[static_cast<std::size_t>(consequence)];
}
const IssueRule& issue_rule(Rule rule) { return rules[static_cast<std::size_t>(rule)]; }

std::size_t CheckReport::count(Severity severity) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        issues, [&](const Issue& issue) { return issue_rule(issue.rule).severity == severity; }));
}

bool CheckReport::refused() const {
    return std::ranges::any_of(files, [](const FileReport& file) { return !file.refusal.empty(); });
}

std::string sentence_for(Rule rule, std::string_view column_name) {
    const IssueRule& entry = issue_rule(rule);
    if (column_name.empty()) return fmt::format("{}; {}", entry.text, entry.advice);
    return fmt::format("{}: {}; {}", column_name, entry.text, entry.advice);
}

}  // namespace optimat
