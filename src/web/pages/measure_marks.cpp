// Targets, baselines and notes on a measure's chart at a place: what stands, and the forms that set and
// withdraw them. What is set has an author, a day and a reason, and is never deleted.

#include "web/measure_marks.hpp"

#include "report/number_text.hpp"
#include "store/secrets.hpp"
#include "web/pages/forms.hpp"
#include "web/pages/measures.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

/// How a kind of mark is offered.
struct Offer {
    ChartMarkKind kind;
    std::string_view link, title, words;
};
constexpr Offer offers[] = {
    {ChartMarkKind::target, "Set a target", "A target",
     "It holds from its month until the next one's. Whether it will be met follows from the limits: a wish "
     "does not change what the service does."},
    {ChartMarkKind::annotation, "Add a note", "A note on the chart",
     "What happened and may explain a change: a plan began, a clinic opened."},
    {ChartMarkKind::rebase, "Begin limits anew", "Limits that begin anew",
     "When you know what changed the way the service works, and it has lasted. Months before keep their own "
     "limits."},
    {ChartMarkKind::baseline, "Fix a baseline", "A fixed baseline",
     "Limits are made of these months alone, so that later months are judged against them."},
    {ChartMarkKind::excluded, "Leave a month out", "A month that does not count",
     "A month known to be wrong or exceptional. It stays on the chart."},
};

const Offer* find_offer(const MeasureDefinition& measure, std::string_view kind) {
    const auto kinds = mark_kinds(measure);
    for (const Offer& offer : offers)
        if (text_of(offer.kind) == kind && std::ranges::find(kinds, offer.kind) != kinds.end()) return &offer;
    return nullptr;
}

std::int64_t whole_number(const std::string& text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string address(Context& context, const MeasureChoice& choice, std::string_view end,
                    std::string_view more) {
    return fmt::format("{}?{}{}", choice.path(end), choice.query(context.figures()), more);
}

Html month_field(Context& context, const MarkForm& form, const std::string& name, std::string_view label,
                 const std::string& value, const FieldErrors& errors) {
    std::vector<nhsuk::SelectItem> items;
    for (const std::string& month : months_for(context, form.kind))
        items.push_back({.text = month_name(parse_iso_day(month + "-01").value_or(Day{})), .value = month});
    return nhsuk::select({.name = name,
                          .label = {.content = label},
                          .items = items,
                          .value = value,
                          .error_message = errors.of(name)});
}

Html target_fields(const MeasureDefinition& measure, const MarkForm& form, const FieldErrors& errors) {
    const std::string unit(unit_words(measure));
    return html_of(
        nhsuk::input({.name = "value",
                      .label = {.content = "Target"},
                      .value = form.value,
                      .error_message = errors.of("value"),
                      .suffix = nhsuk::Affix{.content = unit},
                      .width = "5",
                      .inputmode = "decimal",
                      .spellcheck = false}),
        nhsuk::checkboxes(
            {.name = "no_target",
             .items = {{.label = {.content = "No target from this month on"}, .value = "yes"}},
             .values = form.has_target ? std::vector<std::string>{} : std::vector<std::string>{"yes"},
             .small = true}));
}

Html note_fields(const MarkForm& form, const FieldErrors& errors) {
    return html_of(
        nhsuk::input({.name = "from",
                      .label = {.content = "Day"},
                      .type = "date",
                      .value = form.from,
                      .error_message = errors.of("from"),
                      .width = "10"}),
        nhsuk::input(
            {.name = "text",
             .label = {.content = "What happened"},
             .value = form.text,
             .hint = nhsuk::Hint{.content = "A few words without names of people: everybody who sees "
                                            "the chart reads them"},
             .error_message = errors.of("text")}),
        nhsuk::checkboxes(
            {.name = "of_all",
             .items = {{.label = {.content = "Show it on every measure of this place"}, .value = "yes"}},
             .values = form.is_of_all ? std::vector<std::string>{"yes"} : std::vector<std::string>{},
             .small = true}));
}

Html fields_of(Context& context, const MeasureDefinition& measure, const MarkForm& form,
               const FieldErrors& errors) {
    Html fields;
    if (form.kind == ChartMarkKind::annotation)
        fields += note_fields(form, errors);
    else
        fields += month_field(context, form, "from",
                              form.kind == ChartMarkKind::baseline ? "From" : "From this month on", form.from,
                              errors);
    if (form.kind == ChartMarkKind::baseline)
        fields += month_field(context, form, "to", "To, inclusive", form.to, errors);
    if (form.kind == ChartMarkKind::target) fields += target_fields(measure, form, errors);
    fields += nhsuk::textarea({.name = "reason",
                               .label = {.content = "Why"},
                               .value = form.reason,
                               .rows = 2,
                               .hint = nhsuk::Hint{.content = "Without names of people"},
                               .error_message = errors.of("reason")});
    fields += tag::input({{"type", "hidden"}, {"name", "kind"}, {"value", text_of(form.kind)}});
    return fields += tag::input({{"type", "hidden"}, {"name", "request"}, {"value", form.request}});
}

Html offer_links(Context& context, const MeasureChoice& choice, const Offer* chosen) {
    Html items;
    for (const Offer& offer : offers)
        if (find_offer(*choice.measure, text_of(offer.kind)) != nullptr)
            items += tag::li(
                {}, tag::a({{"href", address(context, choice, "/marks",
                                             fmt::format("&set={}#set", text_of(offer.kind)))},
                            {"aria-current",
                             &offer == chosen ? std::optional<std::string_view>("true") : std::nullopt}},
                           offer.link));
    return tag::nav({{"aria-label", "What can be set"}, {"id", "set"}},
                    tag::ul({{"class", "app-tabs"}}, items));
}

Html mark_form(Context& context, const MeasureChoice& choice, const Offer& offer, const MarkForm& form,
               const FieldErrors& errors) {
    return tag::section({{"aria-labelledby", "set-heading"}, {"class", "app-reading"}},
                        tag::h2({{"id", "set-heading"}, {"class", "app-chart__heading"}}, offer.title),
                        tag::p({}, offer.words),
                        post_form(context, address(context, choice, "/marks", ""),
                                  fields_of(context, *choice.measure, form, errors), {.content = "Save"}));
}

Html withdraw_form(Context& context, const MeasureChoice& choice, const ChartMarkEntry& entry,
                   const FieldErrors& errors) {
    const std::string field = fmt::format("reason-{}", entry.number);
    const Html fields = html_of(
        nhsuk::input(
            {.name = "reason", .label = {.content = "Why"}, .id = field, .error_message = errors.of(field)}),
        tag::input({{"type", "hidden"}, {"name", "number"}, {"value", entry.number}}),
        tag::input({{"type", "hidden"}, {"name", "request"}, {"value", random_text(16)}}));
    return tag::details({{"class", "app-withdraw"}, {"open", errors.of(field).has_value()}},
                        tag::summary({}, "Withdraw"),
                        post_form(context, address(context, choice, "/marks/withdraw", ""), fields,
                                  {.content = "Withdraw", .variant = "secondary"}));
}

std::string set_by(const ChartMarkEntry& entry) {
    const auto day = parse_iso_day(entry.at.substr(0, 10));
    return fmt::format("{}, {}", entry.author, day ? long_date(*day) : entry.at);
}

std::vector<ChartMarkEntry> standing_marks(const ChartMarks& marks) {
    std::vector<ChartMarkEntry> all;
    for (const auto* const some :
         {&marks.targets, &marks.rebases, &marks.baselines, &marks.excluded, &marks.annotations})
        all.insert(all.end(), some->begin(), some->end());
    return all;
}

Html marks_table(Context& context, const MeasureChoice& choice, const ChartMarks& marks, bool may_withdraw,
                 const FieldErrors& errors) {
    const std::vector<ChartMarkEntry> all = standing_marks(marks);
    if (all.empty()) return tag::p({}, "Nothing has been set on this chart of this place yet.");
    const auto heading = [](std::string_view words) { return tag::th({{"scope", "col"}}, words); };
    Html body;
    for (const ChartMarkEntry& entry : all) {
        Html cells = html_of(tag::th({{"scope", "row"}}, words_for(*choice.measure, entry)),
                             tag::td({}, entry.reason), tag::td({}, set_by(entry)));
        if (may_withdraw) cells += tag::td({}, withdraw_form(context, choice, entry, errors));
        body += tag::tr({}, cells);
    }
    Html head = html_of(heading("What"), heading("Why"), heading("Set by"));
    if (may_withdraw) head += tag::td({});
    return tag::div({{"class", "app-table-scroll"},
                     {"role", "region"},
                     {"aria-labelledby", "caption-marks"},
                     {"tabindex", "0"}},
                    tag::table({{"class", "app-table app-marks"}},
                               tag::caption({{"id", "caption-marks"}}, "What stands on this chart"),
                               tag::thead({}, tag::tr({}, head)), tag::tbody({}, body)));
}

/// Everything that was ever set or withdrawn here.
Html history_html(const MeasureChoice& choice, const std::vector<ChartMarkEntry>& history) {
    if (history.empty()) return {};
    DataTable table{"marks_history", "Everything that was set or withdrawn, newest first", "", {}, {}, 1};
    table.columns = {{"number", "No.", CellKind::count, ""},
                     {"what", "What", CellKind::words, ""},
                     {"reason", "Why", CellKind::words, ""},
                     {"by", "By", CellKind::words, ""}};
    for (const ChartMarkEntry& entry : history)
        table.rows.push_back({DataCell::count(entry.number),
                              DataCell::words(words_for(*choice.measure, entry)),
                              DataCell::words(entry.reason), DataCell::words(set_by(entry))});
    return tag::details({{"class", "app-records"}}, tag::summary({}, "History"), table_html(table));
}

struct MarksPage {
    MeasureChoice choice;
    std::optional<MarkForm> form = {};
    FieldErrors errors = {};
    int status = 200;
};

/// What a form has just stored, by its number in the address.
std::optional<Html> saved_words(Context& context, const MeasureChoice& choice, const PlaceMarks& marks) {
    const std::int64_t number = whole_number(context.parameter("saved"));
    for (const ChartMarkEntry& entry : marks.history(*choice.measure))
        if (entry.number == number) return Html(fmt::format("Saved: {}.", words_for(*choice.measure, entry)));
    return std::nullopt;
}

Response marks_page(Context& context, const MarksPage& page) {
    const MeasureChoice& choice = page.choice;
    const MeasureView view = measure_view(context, choice);
    const PlaceMarks marks(context, choice.page.place_key);
    const bool may = may_mark(context.user().user, context.figures().extract(), choice.page.place);
    PageFrame frame = frame_for(context, Section::measures);
    frame.title = fmt::format("{}: targets and notes", view.page.title);
    frame.breadcrumbs = {{"Measures", address(context, {choice.page, choice.view, nullptr, {}}, "", "")}};
    frame.heading = choice.measure->title + ": targets and notes";
    frame.heading_aside = Html(place_and_day(context.figures(), choice.page));
    frame.errors = page.errors.summary();
    if (page.errors.empty()) frame.success = saved_words(context, choice, marks);
    frame.main += measure_tabs(context, choice, MeasurePage::marks);
    frame.main += choice_form(context, choice.page, choice.path("/marks"), MonthsChoice::hidden,
                              view_field(context, choice.view));
    frame.main += measure_headline(context, choice, view);
    frame.main += beside_html(view);
    frame.main += tag::div({{"class", "app-picture-and-words"}}, tag::div({}, series_figure(view)),
                           tag::div({{"class", "app-reading"}}, series_words(context, view, choice)));
    if (!may)
        frame.main += tag::p({{"class", "app-quiet"}},
                             "Marks of this place are set by its service managers, and by analysts and data "
                             "managers of the organisation.");
    const Offer* const offer =
        page.form && may ? find_offer(*choice.measure, text_of(page.form->kind)) : nullptr;
    if (may) frame.main += offer_links(context, choice, offer);
    if (offer != nullptr) frame.main += mark_form(context, choice, *offer, *page.form, page.errors);
    frame.main += marks_table(context, choice, view.marks, may, page.errors);
    frame.main += history_html(choice, marks.history(*choice.measure));
    return respond(frame, page.status);
}

void require_mark(Context& context, const MeasureChoice& choice) {
    if (!may_mark(context.user().user, context.figures().extract(), choice.page.place))
        throw HttpError(403, "You can set targets and notes at your own services only. Those of the "
                             "organisation are set by its analysts and data managers.");
}

Response refused(Context& context, const MeasureChoice& choice, std::optional<MarkForm> form,
                 const std::vector<std::pair<std::string, std::string>>& errors, int status) {
    MarksPage page{choice, std::move(form), {}, status};
    for (const auto& [field, words] : errors)
        page.errors.add(field, words);
    context.audit.outcome = AuditOutcome::failed;
    return marks_page(context, page);
}

Response saved(Context& context, const MeasureChoice& choice, std::int64_t number) {
    return see_other(address(context, choice, "/marks", fmt::format("&saved={}", number)));
}

}  // namespace

namespace pages {

Response measure_marks(Context& context) {
    MarksPage page{read_measure_choice(context), {}, {}, 200};
    if (const Offer* const offer = find_offer(*page.choice.measure, context.parameter("set")))
        page.form = new_mark_form(context, page.choice, offer->kind);
    return marks_page(context, page);
}

Response set_measure_mark(Context& context) {
    const MeasureChoice choice = read_measure_choice(context);
    require_mark(context, choice);
    const Offer* const offer = find_offer(*choice.measure, context.field("kind"));
    if (offer == nullptr) throw HttpError(400, "This cannot be set on the chart of this measure.");
    const MarkForm form = typed_mark_form(context, offer->kind);
    context.audit.subject = choice.measure->name;
    context.audit.detail = fmt::format("{} {}", text_of(offer->kind), form.from.substr(0, 7));
    if (const auto errors = errors_of(context, *choice.measure, form); !errors.empty())
        return refused(context, choice, form, errors, 422);
    try {
        const ChartMarkEntry stored = add_chart_mark(*context.database, entry_of(context, choice, form));
        context.audit.detail += fmt::format(", no. {}", stored.number);
        return saved(context, choice, stored.number);
    } catch (const ConflictError&) {
        MarkForm again = form;
        again.request = random_text(16);
        return refused(context, choice, again,
                       {{"reason", "This form was saved before with something else in it. What you typed is "
                                   "below; save it again if it is still wanted."}},
                       409);
    }
}

Response withdraw_measure_mark(Context& context) {
    const MeasureChoice choice = read_measure_choice(context);
    require_mark(context, choice);
    const std::int64_t number = whole_number(context.field("number"));
    const auto history = PlaceMarks(context, choice.page.place_key).history(*choice.measure);
    context.audit.subject = choice.measure->name;
    context.audit.detail = fmt::format("no. {}", number);
    if (std::ranges::find(history, number, &ChartMarkEntry::number) == history.end())
        throw HttpError(404, "There is no such mark on this chart.");
    MarkForm form;
    form.kind = ChartMarkKind::withdrawal;
    form.reason = context.field("reason");
    form.request = context.field("request");
    if (form.reason.find_first_not_of(" \t\r\n") == std::string::npos)
        return refused(context, choice, std::nullopt,
                       {{fmt::format("reason-{}", number), "Write why it is withdrawn"}}, 422);
    ChartMarkEntry entry = entry_of(context, choice, form);
    entry.about = number;
    try {
        return saved(context, choice, add_chart_mark(*context.database, entry).number);
    } catch (const UsageError&) {
        throw HttpError(409, "This mark has been withdrawn already. Load the page again.");
    }
}

}  // namespace pages

}  // namespace optimat
