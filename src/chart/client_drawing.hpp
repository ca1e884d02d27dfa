#pragma once
// The drawing of one person's picture, lane by lane from the top. Each lane is given where it begins and
// returns where the next one may; a lane without records takes no room.

#include "chart/client_picture.hpp"
#include "chart/drawing.hpp"
#include "chart/scale.hpp"
#include "chart/time_axis.hpp"

namespace optimat::chart {

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

    Html draw();

  private:
    bool shown(Day day) const { return day >= m_data.from && day <= m_data.to; }
    double at(Day day) const { return m_x(day.number); }
    /// Where a day ends, for spans whose last day counts.
    double after(Day day) const { return m_x(day.number + 1); }
    /// The name of a lane: beside it, or on a phone above it. Returns where the lane's marks begin.
    double lane_name(const std::string& name, double y);
    void grid(double top, double bottom);
    /// On a phone the threshold is named above the lane: beside its line doses would cover the words.
    std::string lane_words(const DoseLane& lane) const;
    double dose_lane(const DoseLane& lane, double y);
    void threshold(double dose, const Scale& mg);
    /// Steps; a stretch that follows on from the one before is joined to it.
    void doses(const DoseLane& lane, const Scale& mg);
    /// Writes the dose over its step when there is room; returns up to where figures stand.
    double dose_figure(Micrograms dose, double left, double right, double y, double taken_to);
    double cover(double y);
    void gap(Day first, Day last, double y);
    double stages(double y);
    void stage_run(const StageMonth& first, Day last, double y);
    double tops(double y);
    /// A bar, a ring for none at all, a question mark for missing.
    double top_use(const TopUse& use, const Scale& days, double taken_to);
    double screens(double y);
    double screen_key(double y);
    /// Changes of medicine: names in rows above the lanes.
    double medicine_names(double y);
    void medicine_lines(double top, double bottom);
    double events(double y);
    static std::string triangle(double x, double y);
    /// Words in the first row with room, with a line down to them from `lead` pixels above (0: none); what
    /// finds none in `most` rows is left to the table. Returns the last row's foot.
    double flags(const std::vector<EventMark>& marks, double y, std::size_t most, Weight weight, double lead);
    double axis(double y);

    const ClientPicture& m_data;
    Drawing m_drawing;
    double m_left, m_right;
    Scale m_x;
    std::vector<TimeTick> m_ticks;
};

}  // namespace optimat::chart
