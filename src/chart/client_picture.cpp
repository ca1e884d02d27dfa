#include "chart/client_picture.hpp"

#include "chart/drawing.hpp"
#include "chart/scale.hpp"
#include "chart/time_axis.hpp"

#include <algorithm>
#include <cmath>

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

class ClientDrawing {
  public:
    ClientDrawing(const ClientPicture& data, const Frame& frame)
        : m_data(data),
          m_drawing(frame),
          m_left(m_drawing.is_narrow() ? 32 : 148),
          m_right(frame.width - 14.0),
          m_x{static_cast<double>(data.from.number), static_cast<double>(data.to.number) + 1, m_left,
              m_right},
          m_ticks(time_ticks(data.from, data.to, static_cast<int>((m_right - m_left) / 62))) {}

    Html draw() {
        double y = 6;
        const double first = m_drawing.is_narrow() ? y + 18 : y;
        y = medicine_names(y);
        for (const DoseLane& lane : m_data.doses)
            y = dose_lane(lane, y);
        y = cover(y);
        y = stages(y);
        y = tops(y);
        const double lanes_end = y;
        y = screens(y);
        medicine_lines(first, lanes_end);
        y = events(y);
        return m_drawing.finish(axis(y));
    }

  private:
    bool shown(Day day) const { return day >= m_data.from && day <= m_data.to; }
    double at(Day day) const { return m_x(day.number); }
    /// Where a day ends, for spans whose last day counts.
    double after(Day day) const { return m_x(day.number + 1); }

    /// The name of a lane: beside it, or on a phone above it. Returns where the lane's marks begin.
    double lane_name(const std::string& name, double y) {
        const TextLook look{m_drawing.small() - 1, inks::text, Anchor::start, Weight::bold};
        m_drawing.text({2, y + 12}, name, look);
        return m_drawing.is_narrow() ? y + 18 : y;
    }

    void grid(double top, double bottom) {
        for (const TimeTick& tick : m_ticks)
            m_drawing.line({at(tick.day), top}, {at(tick.day), bottom}, {inks::grid});
    }

    /// On a phone the threshold is named above the lane: beside its line doses would cover the words.
    std::string lane_words(const DoseLane& lane) const {
        if (!m_drawing.is_narrow() || !lane.threshold) return lane.name;
        return lane.name + " (threshold " + number_text_short(in_milligrams(*lane.threshold)) + ")";
    }

    double dose_lane(const DoseLane& lane, double y) {
        const double top = lane_name(lane_words(lane), y) + 6,
                     bottom = top + (m_drawing.is_narrow() ? 84 : 108);
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
            m_drawing.text({m_left - 5, mg(tick) + 4}, number_text_short(tick),
                           {11, inks::muted, Anchor::end});
        }
        if (lane.threshold) threshold(in_milligrams(*lane.threshold), mg);
        doses(lane, mg);
        return bottom + 14;
    }

    void threshold(double dose, const Scale& mg) {
        m_drawing.line({m_left, mg(dose)}, {m_right, mg(dose)}, {inks::muted, 1, "6 3"});
        if (m_drawing.is_narrow()) return;
        m_drawing.text({m_right - 2, mg(dose) + 12}, "threshold " + number_text_short(dose) + " mg",
                       {11, inks::muted, Anchor::end, Weight::regular, Halo::white});
    }

    /// Steps; a stretch that follows on from the one before is joined to it.
    void doses(const DoseLane& lane, const Scale& mg) {
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

    /// Writes the dose over its step when there is room; returns up to where figures stand.
    double dose_figure(Micrograms dose, double left, double right, double y, double taken_to) {
        const std::string words = number_text_short(in_milligrams(dose));
        const double width = text_width(words, 11), start = std::max(left + 2, taken_to);
        if (start + width > right || start + width > m_right) return taken_to;
        m_drawing.text({start, y - 5}, words, {11, inks::accent, Anchor::start, Weight::bold, Halo::white});
        return start + width + 5;
    }

    double cover(double y) {
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

    void gap(Day first, Day last, double y) {
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

    double stages(double y) {
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

    void stage_run(const StageMonth& first, Day last, double y) {
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

    double tops(double y) {
        if (m_data.tops.empty()) return y;
        const double top = lane_name("Opiate days", y) + 8, bottom = top + 56;
        if (!m_drawing.is_narrow()) m_drawing.text({2, y + 27}, "of 28, from TOP", {11, inks::muted});
        grid(top, bottom);
        const Scale days{0, 28, bottom, top};
        for (const int tick : {0, 14, 28}) {
            m_drawing.line({m_left, days(tick)}, {m_right, days(tick)},
                           {tick == 0 ? inks::axis : inks::grid});
            m_drawing.text({m_left - 5, days(tick) + 4}, std::to_string(tick),
                           {11, inks::muted, Anchor::end});
        }
        double taken_to = 0;
        for (const TopUse& use : m_data.tops)
            if (shown(use.day)) taken_to = top_use(use, days, taken_to);
        return bottom + 14;
    }

    /// A bar, a ring for none at all, a question mark for missing.
    double top_use(const TopUse& use, const Scale& days, double taken_to) {
        const double x = std::max(at(use.day), m_left + 4);
        const std::string when = to_text(use.day) + ": ";
        if (!use.opiate_days) {
            m_drawing.text({x, days(0) - 5}, "?", {13, inks::muted, Anchor::middle, Weight::bold});
            return taken_to;
        }
        if (*use.opiate_days == 0)
            m_drawing.circle({x, days(0)}, 3.5, {inks::white, inks::text}, when + "0 days");
        else
            m_drawing.rect({x - 3, days(*use.opiate_days), 6, days(0) - days(*use.opiate_days)},
                           {inks::muted}, when + std::to_string(*use.opiate_days) + " days");
        if (x < taken_to) return taken_to;
        // Beside the bar's head: above it the figures of the scale or of the lane before would be near.
        m_drawing.text({x + 6, days(*use.opiate_days) + (*use.opiate_days < 6 ? -4 : 8)},
                       std::to_string(*use.opiate_days),
                       {11, inks::text, Anchor::start, Weight::regular, Halo::white});
        return x + 24;
    }

    double screens(double y) {
        if (m_data.screens.empty()) return y;
        y = lane_name("Drug screens", y);
        m_drawing.line({m_left, y + 9}, {m_right, y + 9}, {inks::grid});
        for (const ScreenMark& screen : m_data.screens) {
            if (!shown(screen.day)) continue;
            const Point centre{at(screen.day), y + 9};
            const std::string when = to_text(screen.day) + ": ";
            if (screen.outcome == ScreenOutcome::positive)
                m_drawing.circle(centre, 4.5, {inks::text, inks::text}, when + "positive");
            if (screen.outcome == ScreenOutcome::negative)
                m_drawing.circle(centre, 4.5, {inks::white, inks::text}, when + "negative");
            if (screen.outcome == ScreenOutcome::inconclusive)
                m_drawing.circle(centre, 4.5, {inks::white, inks::text, "2 2"}, when + "inconclusive");
        }
        return screen_key(y + 32);
    }

    double screen_key(double y) {
        double x = m_left;
        constexpr struct {
            const char* words;
            std::string_view fill, dash;
        } keys[] = {{"positive", inks::text, ""},
                    {"negative", inks::white, ""},
                    {"inconclusive", inks::white, "2 2"}};
        for (const auto& key : keys) {
            m_drawing.circle({x + 5, y - 4}, 4, {key.fill, inks::text, key.dash}, "");
            m_drawing.text({x + 13, y}, key.words, {11, inks::muted});
            x += 24 + text_width(key.words, 11) * 1.1;
        }
        return y + 12;
    }

    /// Changes of medicine: names in rows above the lanes.
    double medicine_names(double y) {
        if (m_data.medicine_changes.empty()) return y;
        return flags(m_data.medicine_changes, lane_name("Medicine", y), 4, Weight::bold, 0) + 4;
    }
    void medicine_lines(double top, double bottom) {
        for (const EventMark& change : m_data.medicine_changes)
            if (shown(change.day))
                m_drawing.line({at(change.day), top}, {at(change.day), bottom - 6}, {inks::muted, 1, "3 3"});
    }

    double events(double y) {
        if (m_data.events.empty()) return y;
        y = lane_name("Events", y);
        const double end = flags(m_data.events, y + 12, 5, Weight::regular, 4);
        for (const EventMark& event : m_data.events)
            if (shown(event.day))
                m_drawing.path(triangle(at(event.day), y + 2), {inks::text},
                               to_text(event.day) + ": " + event.label);
        return end + 4;
    }

    static std::string triangle(double x, double y) {
        return "M" + coordinate(x - 4) + " " + coordinate(y) + "h8l-4 8Z";
    }

    /// Words in the first row with room, with a line down to them from `lead` pixels above (0: none); what
    /// finds none in `most` rows is left to the table. Returns the last row's foot.
    double flags(const std::vector<EventMark>& marks, double y, std::size_t most, Weight weight,
                 double lead) {
        std::vector<double> row_ends;
        std::vector<std::pair<Point, std::string>> written;
        for (const EventMark& mark : marks) {
            if (!shown(mark.day)) continue;
            const std::string words = fit_text(mark.label, 11, m_right - m_left);
            const double width = text_width(words, 11) * (weight == Weight::bold ? 1.08 : 1);
            const double left = std::max(m_left, std::min(at(mark.day) + 3, m_right - width));
            std::size_t row = 0;
            while (row < row_ends.size() && row_ends[row] > left)
                ++row;
            if (row >= most) continue;
            if (row == row_ends.size()) row_ends.push_back(0);
            row_ends[row] = left + width + 8;
            if (lead > 0)
                m_drawing.line({at(mark.day), y - lead},
                               {at(mark.day), y + 11 + 14 * static_cast<double>(row)}, {inks::axis, 0.75});
            written.push_back({{left, y + 11 + 14 * static_cast<double>(row)}, words});
        }
        // After all lines, so that none passes over words.
        for (const auto& [place, words] : written)
            m_drawing.text(place, words, {11, inks::text, Anchor::start, weight, Halo::white});
        return y + 14 * static_cast<double>(std::max<std::size_t>(1, row_ends.size())) + 4;
    }

    double axis(double y) {
        m_drawing.line({m_left, y}, {m_right, y}, {inks::axis});
        double taken_to = 0;
        for (const TimeTick& tick : m_ticks) {
            const double x = at(tick.day), width = text_width(tick.label, 12);
            m_drawing.line({x, y}, {x, y + 5}, {inks::axis});
            const double centre = std::min(x, m_drawing.width() - width / 2);
            if (centre - width / 2 < taken_to) continue;
            m_drawing.text({centre, y + 18}, tick.label, {12, inks::muted, Anchor::middle});
            taken_to = centre + width / 2 + 4;
        }
        return y + 24;
    }

    const ClientPicture& m_data;
    Drawing m_drawing;
    double m_left, m_right;
    Scale m_x;
    std::vector<TimeTick> m_ticks;
};

}  // namespace

Html client_picture(const ClientPicture& data, const Frame& frame) {
    return ClientDrawing(data, frame).draw();
}

Html client_picture_figure(const ClientPicture& data, const Frame& frame) {
    return chart_figure("", "", client_picture(data, frame), client_picture(data, narrow(frame)));
}

}  // namespace optimat::chart
