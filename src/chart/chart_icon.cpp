#include "chart/chart_icon.hpp"

#include "chart/control_marker.hpp"

namespace optimat::chart {

namespace {

constexpr int icon_width = 36;
constexpr double icon_height = 28;

Drawing icon(const std::string& id, std::string_view words) {
    return Drawing({id, std::string(words), "", icon_width});
}

/// A bent line between the ends of a chart, for figures that move as they always do.
void draw_wave(Drawing& drawing) {
    drawing.stroked_path("M4 16L10 11L16 17L22 12L28 16L32 13", {inks::common_cause, 1.5});
    for (const Point at : {Point{10, 11}, Point{16, 17}, Point{22, 12}, Point{28, 16}})
        draw_marker(drawing, at, 2.5, Variation::common_cause, "");
}

void draw_arrow(Drawing& drawing, Towards towards, std::string_view ink) {
    const bool is_up = towards == Towards::higher;
    drawing.stroked_path(is_up ? "M28 22V6M23 11L28 6L33 11" : "M28 6V22M23 17L28 22L33 17", {ink, 2.25});
}

void draw_tick(Drawing& drawing) { drawing.stroked_path("M22 14L26 19L33 8", {inks::improvement, 2.25}); }
void draw_cross(Drawing& drawing) { drawing.stroked_path("M23 9L33 19M33 9L23 19", {inks::concern, 2.25}); }
/// Up and down again: now this, now that.
void draw_turns(Drawing& drawing) {
    drawing.stroked_path("M21 17L25 10L29 17L33 10", {inks::common_cause, 2.25});
}

/// Where the bar lies beside the target's line.
enum class BarPlace : std::uint8_t { above, below, across };

void draw_range(Drawing& drawing, BarPlace place) {
    const double bar = place == BarPlace::above ? 4 : place == BarPlace::below ? 12 : 8;
    const double target = place == BarPlace::above ? 22 : place == BarPlace::below ? 6 : 14;
    drawing.rect({7, bar, 8, 12}, {inks::others, inks::common_cause});
    drawing.line({2, target}, {20, target}, {inks::target, 2, "3 2"});
}

void draw_nothing(Drawing& drawing) { drawing.line({12, 14}, {24, 14}, {inks::common_cause, 2}); }

}  // namespace

std::string variation_words(const std::optional<LatestVariation>& latest) {
    if (!latest) return "No limits yet";
    constexpr std::string_view words[] = {"Common cause", "Improvement", "Concern", "Change"};
    std::string result(words[static_cast<std::size_t>(latest->variation)]);
    if (latest->towards) result += " (" + std::string(text_of(*latest->towards)) + ")";
    return result;
}

std::string_view assurance_words(Assurance assurance) {
    constexpr std::string_view words[] = {"No target", "Consistently hits the target",
                                          "Consistently fails the target", "Hits and misses the target"};
    return words[static_cast<std::size_t>(assurance)];
}

Html variation_icon(const std::optional<LatestVariation>& latest, const std::string& id) {
    Drawing drawing = icon(id, variation_words(latest));
    if (!latest) {
        draw_nothing(drawing);
    } else if (!latest->towards) {
        draw_wave(drawing);
    } else {
        draw_marker(drawing, {12, 14}, 7, latest->variation, "");
        draw_arrow(drawing, *latest->towards, ink_of(latest->variation));
    }
    return drawing.finish(icon_height);
}

Html assurance_icon(Assurance assurance, BetterWhen better, const std::string& id) {
    Drawing drawing = icon(id, assurance_words(assurance));
    const bool is_higher = better == BetterWhen::higher;
    switch (assurance) {
    case Assurance::no_target:
        draw_nothing(drawing);
        break;
    case Assurance::consistently_hits:
        draw_range(drawing, is_higher ? BarPlace::above : BarPlace::below);
        draw_tick(drawing);
        break;
    case Assurance::consistently_fails:
        draw_range(drawing, is_higher ? BarPlace::below : BarPlace::above);
        draw_cross(drawing);
        break;
    case Assurance::hit_and_miss:
        draw_range(drawing, BarPlace::across);
        draw_turns(drawing);
        break;
    }
    return drawing.finish(icon_height);
}

}  // namespace optimat::chart
