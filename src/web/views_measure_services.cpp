#include "web/views_measure_services.hpp"

#include "report/number_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view limit_texts[] = {"chance", "widened"};

[[noreturn]] void unknown(std::string_view what) {
    throw HttpError(
        400,
        fmt::format("The address names a {} that is not there. Go back and choose from the list.", what));
}

FunnelLimits read_limits(Context& context) {
    const std::string text = context.parameter("limits");
    for (const FunnelLimits limits : {FunnelLimits::chance, FunnelLimits::widened})
        if (text == text_of(limits)) return limits;
    if (!text.empty()) unknown("kind of limits");
    return FunnelLimits::chance;
}

/// The places of services in the view that lie within the peers, by name.
std::vector<Place> services_among(Context& context, const MeasureServicesChoice& choice) {
    const Extract& extract = context.figures().extract();
    std::vector<Place> services;
    for (Place& place :
         choice.measure.view == ServiceView::as_now ? places_as_now(extract) : places_of(extract))
        if (place.kind == PlaceKind::service && std::ranges::includes(choice.peers.services, place.services))
            services.push_back(std::move(place));
    return services;
}

DataTable with_fates(DataTable table, const Extract& extract, const std::vector<Place>& services) {
    table.columns.push_back({"remark", "Remark", CellKind::words, ""});
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        std::string words = i < services.size() ? fate_words(extract, services[i]) : std::string{};
        table.rows[i].push_back(words.empty() ? DataCell::nothing() : DataCell::words(std::move(words)));
    }
    return table;
}

void link_services(Context& context, const MeasureServicesChoice& choice, DataTable& table) {
    MeasureChoice at = choice.measure;
    for (auto& row : table.rows) {
        if (row.front().kind == CellKind::none) continue;
        at.page.place_key = "service:" + row.front().text;
        row[1].link = fmt::format("{}?{}", at.path(), at.query(context.figures()));
    }
}

DataTable spread_table(const MeasureComparison& comparison) {
    DataTable table{"spread",
                    "How services differ",
                    "Each service counts once, whatever its size.",
                    {{"services", "Services with a figure", CellKind::count, ""},
                     {"lowest", "Lowest", CellKind::decimal, ""},
                     {"lower_quartile", "Lower quartile", CellKind::decimal, ""},
                     {"median", "Median", CellKind::decimal, ""},
                     {"upper_quartile", "Upper quartile", CellKind::decimal, ""},
                     {"highest", "Highest", CellKind::decimal, ""}},
                    {},
                    1};
    if (!comparison.spread) return table;
    const Spread& spread = *comparison.spread;
    std::vector<DataCell> row = {DataCell::count(static_cast<std::int64_t>(spread.count))};
    for (const double figure :
         {spread.lowest, spread.lower_quartile, spread.median, spread.upper_quartile, spread.highest})
        row.push_back(value_cell(*comparison.measure, figure));
    table.rows.push_back(std::move(row));
    return table;
}

/// How many lie where; of rates that nothing is concluded.
std::string sentence_of(const MeasureComparison& comparison) {
    const MeasureDefinition& measure = *comparison.measure;
    std::string text = fmt::format("Together: {}. ", value_words(measure, value_cell(comparison.pooled)));
    if (measure.value == MeasureValue::rate)
        return text + "These are small numbers: the intervals are wide, most of what differs is chance, and "
                      "no order of services follows from it.";
    if (measure.value == MeasureValue::mean) {
        std::int64_t apart = 0, all = 0;
        const auto pooled = comparison.pooled.value();
        for (const ComparedMeasure& one : comparison.services) {
            if (!one.interval || !pooled) continue;
            ++all;
            apart += one.interval->low > *pooled || one.interval->high < *pooled ? 1 : 0;
        }
        return text + fmt::format("Of {} with an interval, {} lie apart from that mean.",
                                  counted(all, "service"), apart);
    }
    std::int64_t inside = 0, all = 0, far = 0, few = 0;
    for (const ComparedMeasure& one : comparison.services) {
        if (!one.position) {
            few += one.figure.denominator > 0 ? 1 : 0;
            continue;
        }
        ++all;
        inside += *one.position == FunnelPosition::inside ? 1 : 0;
        far += *one.position == FunnelPosition::high_998 || *one.position == FunnelPosition::low_998 ? 1 : 0;
    }
    text += fmt::format("Of {}, {} lie within the limits, {} outside 95 %, {} of these outside 99.8 %.",
                        counted(all, "service"), inside, all - inside, far);
    return few == 0 ? text : text + fmt::format(" {} with too few to judge.", counted(few, "service"));
}

}  // namespace

std::string_view text_of(FunnelLimits limits) { return limit_texts[static_cast<std::size_t>(limits)]; }

std::string MeasureServicesChoice::query(const Figures& figures) const {
    std::string text = measure.query(figures);
    if (peers.kind != PlaceKind::organisation) text += "&peers=" + url_encode(peers_key);
    if (limits != FunnelLimits::chance) text += fmt::format("&limits={}", text_of(limits));
    return text;
}

MeasureServicesChoice read_measure_services_choice(Context& context) {
    MeasureServicesChoice choice{read_measure_choice(context), {}, "organisation", read_limits(context)};
    if (const std::string key = context.parameter("peers"); !key.empty()) choice.peers_key = key;
    const auto peers = find_any_place(context, choice.peers_key);
    if (!peers || peers->kind == PlaceKind::service) unknown("group of services");
    choice.peers = choice.measure.view == ServiceView::as_now
                       ? place_as_now(context.figures().extract(), *peers)
                       : *peers;
    context.audit.place = choice.peers_key;
    return choice;
}

MeasureServicesView measure_services_view(Context& context, const MeasureServicesChoice& choice) {
    const Figures& figures = context.figures();
    const MeasureSource source = measure_source(context);
    const MeasureDefinition& measure = *choice.measure.measure;
    MeasureServicesView view{services_among(context, choice), {}, {}};
    view.comparison = compare_measure(source, measure, view.services, choice.measure.page.date,
                                      choice.limits == FunnelLimits::widened);
    DataTable table =
        with_fates(measure_services_table(source, view.comparison), figures.extract(), view.services);
    link_services(context, choice, table);
    view.page = {fmt::format("{} by service: {}", measure.title, long_date(choice.measure.page.day(figures))),
                 {{"measure", measure.name},
                  {"peers", choice.peers_key},
                  {"month", month_key(choice.measure.page.day(figures))},
                  {"view", std::string(text_of(choice.measure.view))},
                  {"limits", std::string(text_of(choice.limits))}},
                 {std::move(table), spread_table(view.comparison)},
                 sentence_of(view.comparison)};
    return view;
}

std::string fate_words(const Extract& extract, const Place& service) {
    std::string words, with;
    const auto own = extract.find_service(service.id);
    for (const std::size_t other : service.services)
        if (!own.has_value() || other != *own)
            with += fmt::format("{}{}", with.empty() ? "with " : ", ", extract.services[other].name);
    const auto add = [&words](const std::string& more) { words += (words.empty() ? "" : "; ") + more; };
    if (!with.empty()) add(with + ", merged");
    if (!own.has_value()) return words;
    const std::size_t now = service_as_now(extract, *own);
    if (now != *own) add("merged into " + extract.services[now].name);
    if (const OptionalDay closed = extract.services[*own].closed; closed.has_value())
        add("closed " + long_date(*closed));
    return words;
}

}  // namespace optimat
