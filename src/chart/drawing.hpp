#pragma once
// One SVG while it is drawn: the marks charts are made of, with the attributes the pages' policy allows.

#include "chart/frame.hpp"
#include "chart/ink.hpp"

#include <string>
#include <utility>
#include <vector>

namespace optimat::chart {

struct Box {
    double x = 0, y = 0, width = 0, height = 0;
};
struct Point {
    double x = 0, y = 0;
};

enum class Anchor : std::uint8_t { start, middle, end };
enum class Weight : std::uint8_t { regular, bold };
/// A halo keeps words readable where lines pass under them.
enum class Halo : std::uint8_t { none, white };

struct TextLook {
    double size = 13;
    std::string_view fill = inks::text;
    Anchor anchor = Anchor::start;
    Weight weight = Weight::regular;
    Halo halo = Halo::none;
};

/// How a line is stroked; an empty dash is a whole line.
struct Stroke {
    std::string_view colour = inks::axis;
    double width = 1;
    std::string_view dash = "";
};

/// How an area is filled; an empty colour is no stroke.
struct Fill {
    std::string_view colour;
    std::string_view edge = "";
    std::string_view dash = "";
    double opacity = 1;
};

/// The patterns a drawing may hold.
enum class Pattern : std::uint8_t { red, amber, green, grey, hatch, uncategorised };

class Drawing {
  public:
    explicit Drawing(const Frame& frame) : m_frame(frame) {}

    double width() const { return m_frame.width; }
    /// Whether the drawing is for a phone.
    bool is_narrow() const { return m_frame.width < 420; }
    double small() const { return is_narrow() ? 12 : 13; }

    /// `url(#ID)` of a pattern, which is defined when first asked for.
    std::string pattern(Pattern pattern);

    void rect(const Box& box, const Fill& fill);
    /// `hint` is shown by browsers on hover.
    void rect(const Box& box, const Fill& fill, const std::string& hint);
    void line(Point from, Point to, const Stroke& stroke);
    void path(const std::string& path, const Fill& fill, const std::string& hint);
    void stroked_path(const std::string& path, const Stroke& stroke);
    void circle(Point centre, double radius, const Fill& fill, const std::string& hint);
    void text(Point at, const std::string& words, const TextLook& look);

    /// The SVG, `height` pixels high.
    Html finish(double height) const;

  private:
    Frame m_frame;
    Html m_definitions, m_body;
    std::vector<Pattern> m_patterns;
};

/// `M x y L x y …`; a break in the points (std::nullopt) begins anew.
std::string path_through(const std::vector<std::optional<Point>>& points);
/// A coordinate as written in a path: at most two decimals.
std::string coordinate(double pixels);

/// `45%`, `<1%`, `>99%`: whole per cents, never 0% for somebody nor 100% without some.
std::string percent_text(double share);
/// A share at a tick of a scale: as above, with a decimal where steps are less than a per cent.
std::string tick_text(double share, double step);
/// `27,080`.
std::string count_text(std::int64_t people);
/// `12`, `1.5`, `0.25`: as many decimals as it takes, up to two.
std::string number_text_short(double number);
/// A figure of a unit.
std::string figure_text(double figure, Unit unit);
/// `72 mg`: whole milligrams.
std::string dose_text(double milligrams);

}  // namespace optimat::chart
