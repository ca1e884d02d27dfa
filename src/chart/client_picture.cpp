#include "chart/client_picture.hpp"

#include "chart/client_drawing.hpp"

#include <algorithm>

namespace optimat::chart {

Html ClientDrawing::draw() {
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

double ClientDrawing::lane_name(const std::string& name, double y) {
    const TextLook look{m_drawing.small() - 1, inks::text, Anchor::start, Weight::bold};
    m_drawing.text({2, y + 12}, name, look);
    return m_drawing.is_narrow() ? y + 18 : y;
}

void ClientDrawing::grid(double top, double bottom) {
    for (const TimeTick& tick : m_ticks)
        m_drawing.line({at(tick.day), top}, {at(tick.day), bottom}, {inks::grid});
}

double ClientDrawing::tops(double y) {
    if (m_data.tops.empty()) return y;
    const double top = lane_name("Opiate days", y) + 8, bottom = top + 56;
    if (!m_drawing.is_narrow()) m_drawing.text({2, y + 27}, "of 28, from TOP", {11, inks::muted});
    grid(top, bottom);
    const Scale days{0, 28, bottom, top};
    for (const int tick : {0, 14, 28}) {
        m_drawing.line({m_left, days(tick)}, {m_right, days(tick)}, {tick == 0 ? inks::axis : inks::grid});
        m_drawing.text({m_left - 5, days(tick) + 4}, std::to_string(tick), {11, inks::muted, Anchor::end});
    }
    double taken_to = 0;
    for (const TopUse& use : m_data.tops)
        if (shown(use.day)) taken_to = top_use(use, days, taken_to);
    return bottom + 14;
}

double ClientDrawing::top_use(const TopUse& use, const Scale& days, double taken_to) {
    const double x = std::max(at(use.day), m_left + 4);
    const std::string when = to_text(use.day) + ": ";
    if (!use.opiate_days) {
        m_drawing.text({x, days(0) - 5}, "?", {13, inks::muted, Anchor::middle, Weight::bold});
        return taken_to;
    }
    if (*use.opiate_days == 0)
        m_drawing.circle({x, days(0)}, 3.5, {inks::white, inks::text}, when + "0 days");
    else
        m_drawing.rect({x - 3, days(*use.opiate_days), 6, days(0) - days(*use.opiate_days)}, {inks::muted},
                       when + std::to_string(*use.opiate_days) + " days");
    if (x < taken_to) return taken_to;
    // Beside the bar's head: above it the figures of the scale or of the lane before would be near.
    m_drawing.text({x + 6, days(*use.opiate_days) + (*use.opiate_days < 6 ? -4 : 8)},
                   std::to_string(*use.opiate_days),
                   {11, inks::text, Anchor::start, Weight::regular, Halo::white});
    return x + 24;
}

double ClientDrawing::screens(double y) {
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

double ClientDrawing::screen_key(double y) {
    double x = m_left;
    constexpr struct {
        const char* words;
        std::string_view fill, dash;
    } keys[] = {
        {"positive", inks::text, ""}, {"negative", inks::white, ""}, {"inconclusive", inks::white, "2 2"}};
    for (const auto& key : keys) {
        m_drawing.circle({x + 5, y - 4}, 4, {key.fill, inks::text, key.dash}, "");
        m_drawing.text({x + 13, y}, key.words, {11, inks::muted});
        x += 24 + text_width(key.words, 11) * 1.1;
    }
    return y + 12;
}

double ClientDrawing::medicine_names(double y) {
    if (m_data.medicine_changes.empty()) return y;
    return flags(m_data.medicine_changes, lane_name("Medicine", y), 4, Weight::bold, 0) + 4;
}

void ClientDrawing::medicine_lines(double top, double bottom) {
    for (const EventMark& change : m_data.medicine_changes)
        if (shown(change.day))
            m_drawing.line({at(change.day), top}, {at(change.day), bottom - 6}, {inks::muted, 1, "3 3"});
}

double ClientDrawing::events(double y) {
    if (m_data.events.empty()) return y;
    y = lane_name("Events", y);
    const double end = flags(m_data.events, y + 12, 5, Weight::regular, 4);
    for (const EventMark& event : m_data.events)
        if (shown(event.day))
            m_drawing.path(triangle(at(event.day), y + 2), {inks::text},
                           to_text(event.day) + ": " + event.label);
    return end + 4;
}

std::string ClientDrawing::triangle(double x, double y) {
    return "M" + coordinate(x - 4) + " " + coordinate(y) + "h8l-4 8Z";
}

double ClientDrawing::flags(const std::vector<EventMark>& marks, double y, std::size_t most, Weight weight,
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
            m_drawing.line({at(mark.day), y - lead}, {at(mark.day), y + 11 + 14 * static_cast<double>(row)},
                           {inks::axis, 0.75});
        written.push_back({{left, y + 11 + 14 * static_cast<double>(row)}, words});
    }
    // After all lines, so that none passes over words.
    for (const auto& [place, words] : written)
        m_drawing.text(place, words, {11, inks::text, Anchor::start, weight, Halo::white});
    return y + 14 * static_cast<double>(std::max<std::size_t>(1, row_ends.size())) + 4;
}

double ClientDrawing::axis(double y) {
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

Html client_picture(const ClientPicture& data, const Frame& frame) {
    return ClientDrawing(data, frame).draw();
}

Html client_picture_figure(const ClientPicture& data, const Frame& frame) {
    return chart_figure("", "", client_picture(data, frame), client_picture(data, narrow(frame)));
}

}  // namespace optimat::chart
