// The lanes that have an extent in time: doses, prescriptions and stages.

#include "chart/client_drawing.hpp"

#include <algorithm>

namespace optimat::chart {

namespace {

double in_milligrams(Micrograms dose) { return static_cast<double>(dose.number) / 1000; }

struct StageLook {
    const char* letter;
    const char* words;
    std::string_view fill, text;
};
/// From light to dark: the stages differ in lightness, and each has its figure.
const StageLook& look_of(PictureStage stage) {
    static constexpr StageLook looks[] = {
        {"1", "MAT 1", "#ffffff", palette::ink},  {"2", "MAT 2", "#d5e5f3", palette::ink},
        {"3", "MAT 3", "#6fa8d6", "#000000"},     {"4", "MAT 4", "#003e7a", "#ffffff"},
        {"?", "uncategorised", "", palette::ink}, {"", "not in MAT", "", palette::ink},
    };
    return looks[static_cast<std::size_t>(stage)];
}

}  // namespace

std::string ClientDrawing::lane_words(const DoseLane& lane) const {
    if (!m_drawing.is_narrow() || !lane.threshold) return lane.name;
    return lane.name + " (threshold " + number_text_short(in_milligrams(*lane.threshold)) + ")";
}

double ClientDrawing::dose_lane(const DoseLane& lane, double y) {
    const double top = lane_name(lane_words(lane), y) + 6, bottom = top + (m_drawing.is_narrow() ? 84 : 108);
    double highest = lane.threshold ? in_milligrams(*lane.threshold) * 1.2 : 1;
    for (const DoseSpan& span : lane.spans)
        if (span.dose) highest = std::max(highest, in_milligrams(*span.dose));
    const Ticks ticks = nice_ticks(highest, 3);
    const Scale mg{0, ticks.last(), bottom, top};
    if (lane.threshold)
        m_drawing.rect({m_left, top, m_right - m_left, mg(in_milligrams(*lane.threshold)) - top},
                       {inks::band});
    grid(top, bottom);
    for (const double tick : ticks.at) {
        m_drawing.line({m_left, mg(tick)}, {m_right, mg(tick)}, {tick == 0 ? inks::axis : inks::grid});
        m_drawing.text({m_left - 5, mg(tick) + 4}, number_text_short(tick), {11, inks::muted, Anchor::end});
    }
    if (lane.threshold) threshold(in_milligrams(*lane.threshold), mg);
    doses(lane, mg);
    return bottom + 14;
}

void ClientDrawing::threshold(double dose, const Scale& mg) {
    m_drawing.line({m_left, mg(dose)}, {m_right, mg(dose)}, {inks::muted, 1, "6 3"});
    if (m_drawing.is_narrow()) return;
    m_drawing.text({m_right - 2, mg(dose) + 12}, "threshold " + number_text_short(dose) + " mg",
                   {11, inks::muted, Anchor::end, Weight::regular, Halo::white});
}

void ClientDrawing::doses(const DoseLane& lane, const Scale& mg) {
    std::vector<std::optional<Point>> points;
    std::optional<Day> before;
    double lowest_free = 0;
    for (const DoseSpan& span : lane.spans) {
        if (span.last < m_data.from || span.first > m_data.to) continue;
        const double left = at(std::max(span.first, m_data.from)),
                     right = after(std::min(span.last, m_data.to));
        if (!span.dose) {
            m_drawing.line({left, mg(0) - 4}, {right, mg(0) - 4}, {inks::muted, 2, "1 4"});
            m_drawing.text({left + 3, mg(0) - 9}, "dose not recorded", {11, inks::muted});
            points.push_back(std::nullopt);
            before.reset();
            continue;
        }
        if (before && span.first - *before > 1) points.push_back(std::nullopt);
        const double y = mg(in_milligrams(*span.dose));
        points.push_back(Point{left, y});
        points.push_back(Point{right, y});
        before = span.last;
        lowest_free = dose_figure(*span.dose, left, right, y, lowest_free);
    }
    m_drawing.stroked_path(path_through(points), {inks::accent, 2.25});
}

double ClientDrawing::dose_figure(Micrograms dose, double left, double right, double y, double taken_to) {
    const std::string words = number_text_short(in_milligrams(dose));
    const double width = text_width(words, 11), start = std::max(left + 2, taken_to);
    if (start + width > right || start + width > m_right) return taken_to;
    m_drawing.text({start, y - 5}, words, {11, inks::accent, Anchor::start, Weight::bold, Halo::white});
    return start + width + 5;
}

double ClientDrawing::cover(double y) {
    if (m_data.cover.empty()) return y;
    y = lane_name("Prescription", y);
    std::optional<Day> before;
    for (const CoverSpan& span : m_data.cover) {
        if (before && span.first - *before > 1) gap(*before + 1, span.first - 1, y);
        before = before ? std::max(*before, span.last) : span.last;
        if (span.last < m_data.from || span.first > m_data.to) continue;
        const double left = at(std::max(span.first, m_data.from)),
                     right = after(std::min(span.last, m_data.to));
        m_drawing.rect({left, y + 2, std::max(1.0, right - left), 12}, {inks::neutral_light},
                       to_text(span.first) + " to " + to_text(span.last));
    }
    return y + 26;
}

void ClientDrawing::gap(Day first, Day last, double y) {
    if (last < m_data.from || first > m_data.to) return;
    const double left = at(std::max(first, m_data.from)), right = after(std::min(last, m_data.to));
    m_drawing.rect({left, y + 2, std::max(1.5, right - left), 12},
                   {m_drawing.pattern(Pattern::hatch), inks::text},
                   "no prescription " + to_text(first) + " to " + to_text(last));
    const std::string words = std::to_string(last - first + 1) + " days";
    if (text_width(words, 11) + 4 < right - left)
        m_drawing.text({(left + right) / 2, y + 12}, words,
                       {11, inks::text, Anchor::middle, Weight::bold, Halo::white});
}

double ClientDrawing::stages(double y) {
    if (m_data.stages.empty()) return y;
    y = lane_name("MAT stage", y);
    std::size_t i = 0;
    while (i < m_data.stages.size()) {
        // Equal months in a row are one run with one figure, so that ten years stay readable.
        std::size_t end = i + 1;
        while (end < m_data.stages.size() && m_data.stages[end].stage == m_data.stages[i].stage &&
               m_data.stages[end].reference_date - m_data.stages[end - 1].reference_date <= 31)
            ++end;
        stage_run(m_data.stages[i], m_data.stages[end - 1].reference_date, y);
        i = end;
    }
    return y + 34;
}

void ClientDrawing::stage_run(const StageMonth& first, Day last, double y) {
    const CivilDay begins = civil(first.reference_date);
    const Day from = std::max(*day_of(begins.year, begins.month, 1), m_data.from),
              to = std::min(last, m_data.to);
    if (from > to) return;
    const StageLook& look = look_of(first.stage);
    const double left = at(from), width = after(to) - left;
    if (first.stage == PictureStage::outside)
        return m_drawing.line({left, y + 12}, {left + width, y + 12}, {inks::axis, 1, "1 4"});
    const std::string fill = first.stage == PictureStage::uncategorised
                                 ? m_drawing.pattern(Pattern::uncategorised)
                                 : std::string(look.fill);
    m_drawing.rect({left + 0.5, y + 1, width - 1, 22}, {fill, inks::muted},
                   std::string(look.words) + ", " + to_text(from) + " to " + to_text(to));
    const bool words = width > text_width(look.words, 12) + 10;
    if (width < 10) return;
    m_drawing.text({left + width / 2, y + 16}, words ? look.words : look.letter,
                   {12, look.text, Anchor::middle, Weight::bold,
                    first.stage == PictureStage::uncategorised ? Halo::white : Halo::none});
}

}  // namespace optimat::chart
