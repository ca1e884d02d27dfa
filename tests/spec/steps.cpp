#include "steps.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat::spec {

namespace {

bool is_argument(std::string_view word) {
    return word.size() > 3 &&
           std::ranges::all_of(word, [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

using Words = std::span<const std::string>;

/// Matches word by word; an argument takes one word or more, as few as will do.
bool matches(Words pattern, Words text, std::vector<std::string>& arguments) {
    if (pattern.empty()) return text.empty();
    if (text.empty()) return false;
    if (!is_argument(pattern.front()))
        return pattern.front() == text.front() && matches(pattern.subspan(1), text.subspan(1), arguments);
    for (std::size_t taken = 1; taken <= text.size(); ++taken) {
        arguments.push_back(fmt::format("{}", fmt::join(text.first(taken), " ")));
        if (matches(pattern.subspan(1), text.subspan(taken), arguments)) return true;
        arguments.pop_back();
    }
    return false;
}

void require_block(const Step& step, const SpecStep& given) {
    const bool table = given.table.has_value(), block = given.block.has_value();
    if (table != (step.takes == Takes::table))
        throw SpecError(given.line, table ? "this step takes no table" : "this step needs a table");
    if (block != (step.takes == Takes::block))
        throw SpecError(given.line,
                        block ? "this step takes no fenced block" : "this step needs a fenced block");
}

std::string introduction() {
    return R"(# Specifications

Each file here states one rule in tables, and is run as a test: what it shows is what the program does. `ctest -L spec`
runs all of them; `optimat_spec FILE…` runs some by hand and prints each difference as

    spec/stage/stage.spec.md:27 case | C1 | column stage: expected MAT2, got MAT3

This page is printed by `optimat_spec --steps`.

## How a file is written

- `# title`, then the facts `- rule: ID, …` (the ids of the rules it proves) and `- source: …`, then prose.
- `## title` begins a case. A case is a series of steps, and starts from nothing. Its last steps ask (Then).
- A step begins with Given, When or Then and is followed by at most one table or one fenced block. A Given may come
  again: it replaces what it gave before, and the next When sees it.
- A line in a case that begins with `>` is a remark. The columns `why` and `note` of any table are for people.
- An empty cell is: not recorded. Dates are ISO. The order of rows does not matter, nor that of columns.
- `people` is a column of any Given table: the row stands for so many people, numbered `ID-1`, `ID-2`, … and so are the
  ids of their records.
- A table holds only what the contract allows; what breaks it is given as a file. In a block marked `escapes`
  ("```csv escapes") `\n`, `\r`, `\t`, `\\`, `\xE9` (a byte) and `\{COUNT TEXT}` (TEXT so many times) mean what they
  say, and `\` at a line's end joins the next line.
- A step, column, code or rule that is not known is an error (exit code 2), never skipped. Differences end with exit
  code 1.

The extract of a case is written to a folder and read by the program's own intake. What a case leaves out is plain:
)" +
           fmt::format("the extract covers {} to {}, records are numbered (P0001, …), the service is S1, the "
                       "medicine methadone,\n",
                       usual_covers_from, usual_covers_to) +
           R"(everybody who is named is listed in clients.csv and every service in services.csv.

## Steps
)";
}

}  // namespace

std::span<const Step> all_steps() {
    static const std::vector<Step> steps = [] {
        std::vector<Step> all;
        for (auto part : {given_steps(), intake_steps(), state_steps(), measure_steps(), comparison_steps(),
                          priority_steps(), outcome_steps()})
            std::ranges::move(part, std::back_inserter(all));
        // Whens stand between what is given and what is asked.
        const auto order = [](const Step& step) {
            return step.pattern.starts_with("Given") ? 0 : step.pattern.starts_with("When") ? 1 : 2;
        };
        std::ranges::stable_sort(all, {}, order);
        return all;
    }();
    return steps;
}

void run_step(CaseRun& run, const SpecStep& given) {
    const std::vector<std::string> text = words_of(given.text);
    for (const Step& step : all_steps()) {
        std::vector<std::string> arguments;
        if (!matches(words_of(step.pattern), text, arguments)) continue;
        require_block(step, given);
        step.run(run, given, arguments);
        return;
    }
    throw SpecError(given.line,
                    fmt::format("no such step: '{}'; optimat_spec --steps lists them", given.text));
}

std::string steps_document() {
    std::string text = introduction();
    for (const Step& step : all_steps()) {
        const std::string_view block = step.takes == Takes::table   ? " + table"
                                       : step.takes == Takes::block ? " + block"
                                                                    : "";
        text += fmt::format("\n### {}{}\n\n{}\n", step.pattern, block, step.words);
        if (!step.columns.empty()) text += fmt::format("\nColumns: {}.\n", step.columns);
    }
    return text;
}

Day day_argument(const SpecStep& step, const std::string& text) {
    const auto day = parse_iso_day(text);
    if (!day) throw SpecError(step.line, fmt::format("'{}' is not a date; write YYYY-MM-DD", text));
    return *day;
}

std::vector<Day> days_argument(const SpecStep& step, std::string_view text) {
    std::vector<Day> days;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(", "), text.size());
        days.push_back(day_argument(step, std::string(text.substr(0, end))));
        text.remove_prefix(std::min(end + 2, text.size()));
    }
    return days;
}

}  // namespace optimat::spec
