#include "web/measure_marks.hpp"

#include "store/secrets.hpp"
#include "web/views_measures.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::size_t request_size = 16;
constexpr std::size_t most_text = 200, most_reason = 500;
constexpr int months_ahead = 12;
constexpr std::int64_t per_cent = 100, whole = 1'000'000;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view around = " \t\r\n";
    const std::size_t first = text.find_first_not_of(around);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(around) - first + 1);
}

std::string month_words(const std::string& month) {
    const auto day = parse_iso_day(month + "-01");
    return day ? month_name(*day) : month;
}

std::string day_words(const std::string& iso) {
    const auto day = parse_iso_day(iso);
    return day ? long_date(*day) : iso;
}

using Errors = std::vector<std::pair<std::string, std::string>>;

void check_month(Context& context, const MarkForm& form, const std::string& field, const std::string& month,
                 Errors& errors) {
    const auto months = months_for(context, form.kind);
    if (std::ranges::find(months, month) == months.end())
        errors.emplace_back(field, "Choose a month from the list");
}

}  // namespace

MarkForm new_mark_form(Context& context, const MeasureChoice& choice, ChartMarkKind kind) {
    MarkForm form;
    form.kind = kind;
    form.request = random_text(request_size);
    const std::string last = month_key(choice.page.day(context.figures()));
    form.from = kind == ChartMarkKind::annotation ? to_text(choice.page.day(context.figures())) : last;
    if (kind == ChartMarkKind::baseline) {
        form.from = month_key(context.figures().dates().front());
        form.to = last;
    }
    if (const std::string month = context.parameter("from"); !month.empty()) form.from = month;
    return form;
}

MarkForm typed_mark_form(Context& context, ChartMarkKind kind) {
    MarkForm form;
    form.kind = kind;
    form.from = std::string(trimmed(context.field("from")));
    form.to = kind == ChartMarkKind::baseline ? context.field("to") : "";
    form.value = std::string(trimmed(context.field("value")));
    form.has_target = !context.is_checked("no_target");
    form.is_of_all = context.is_checked("of_all");
    form.text = std::string(trimmed(context.field("text")));
    form.reason = std::string(trimmed(context.field("reason")));
    form.request = context.field("request");
    return form;
}

std::vector<ChartMarkKind> mark_kinds(const MeasureDefinition& measure) {
    if (measure.chart == ChartKind::line) return {ChartMarkKind::annotation};
    return {ChartMarkKind::target, ChartMarkKind::annotation, ChartMarkKind::rebase, ChartMarkKind::baseline,
            ChartMarkKind::excluded};
}

std::vector<std::string> months_for(Context& context, ChartMarkKind kind) {
    const std::vector<Day>& dates = context.figures().dates();
    std::vector<std::string> months;
    if (kind == ChartMarkKind::target)
        for (int ahead = months_ahead; ahead > 0; --ahead)
            months.push_back(month_key(month_end(add_months(dates.back(), ahead))));
    for (std::size_t date = dates.size(); date-- > 0;)
        months.push_back(month_key(dates[date]));
    return months;
}

std::optional<std::int64_t> target_millionths(const MeasureDefinition& measure, std::string_view text) {
    text = trimmed(text);
    const bool share = measure.value == MeasureValue::share;
    if (share && text.ends_with('%')) text = trimmed(text.substr(0, text.size() - 1));
    const auto millionths = parse_target(text);
    if (!millionths || !share) return millionths;
    if (*millionths % per_cent != 0 || *millionths > per_cent * whole) return std::nullopt;
    return *millionths / per_cent;
}

Errors errors_of(Context& context, const MeasureDefinition& measure, const MarkForm& form) {
    Errors errors;
    if (form.kind == ChartMarkKind::annotation) {
        if (!parse_iso_day(form.from)) errors.emplace_back("from", "Write the day on which it happened");
        if (form.text.empty()) errors.emplace_back("text", "Write what happened");
        if (form.text.size() > most_text)
            errors.emplace_back("text", fmt::format("Write at most {} characters", most_text));
    } else {
        check_month(context, form, "from", form.from, errors);
    }
    if (form.kind == ChartMarkKind::baseline) {
        check_month(context, form, "to", form.to, errors);
        if (errors.empty() && form.to <= form.from)
            errors.emplace_back("to", "A baseline ends later than it begins: two months at least");
    }
    if (form.kind == ChartMarkKind::target && form.has_target && !target_millionths(measure, form.value))
        errors.emplace_back("value", measure.value == MeasureValue::share
                                         ? "Write the target as a percentage from 0 to 100, such as 85"
                                         : "Write the target as a number, such as 62.5");
    if (form.reason.empty()) errors.emplace_back("reason", "Write why");
    if (form.reason.size() > most_reason)
        errors.emplace_back("reason", fmt::format("Write at most {} characters", most_reason));
    return errors;
}

ChartMarkEntry entry_of(Context& context, const MeasureChoice& choice, const MarkForm& form) {
    ChartMarkEntry entry;
    entry.kind = form.kind;
    const bool of_all = form.kind == ChartMarkKind::annotation && form.is_of_all;
    entry.measure = of_all ? "" : choice.measure->name;
    entry.place = choice.page.place_key;
    entry.from = form.from;
    entry.to = form.to;
    if (form.kind == ChartMarkKind::target && form.has_target)
        entry.millionths = target_millionths(*choice.measure, form.value);
    if (form.kind == ChartMarkKind::annotation) entry.text = form.text;
    entry.reason = form.reason;
    entry.at = context.now_text();
    entry.author = context.user().user.sign_in_name;
    entry.author_role = std::string(text_of(context.user().user.role));
    entry.request = form.request;
    return entry;
}

std::string words_for(const MeasureDefinition& measure, const ChartMarkEntry& entry) {
    switch (entry.kind) {
    case ChartMarkKind::target:
        if (!entry.millionths) return fmt::format("No target from {} on", month_words(entry.from));
        return fmt::format(
            "Target {} from {} on",
            value_words(measure, value_cell(measure, static_cast<double>(*entry.millionths) / whole)),
            month_words(entry.from));
    case ChartMarkKind::baseline:
        return fmt::format("Limits are made of {} to {}", month_words(entry.from), month_words(entry.to));
    case ChartMarkKind::rebase:
        return fmt::format("Limits begin anew in {}", month_words(entry.from));
    case ChartMarkKind::excluded:
        return fmt::format("{} is shown and counts for nothing", month_words(entry.from));
    case ChartMarkKind::annotation:
        return fmt::format("{}: {}{}", day_words(entry.from), entry.text,
                           entry.measure.empty() ? " (on every measure)" : "");
    case ChartMarkKind::withdrawal:
        return fmt::format("Withdrawal of no. {}", entry.about);
    }
    return {};
}

}  // namespace optimat
