#pragma once
// One person's history on one time axis: doses, cover, MAT stage by month, TOP use, screens and events.
// Nothing that is not recorded is drawn as 0. Readable from one month to ten years.

#include "base/day.hpp"
#include "base/dose.hpp"
#include "chart/frame.hpp"

#include <optional>
#include <vector>

namespace optimat::chart {

/// A stretch of days with one dose, both ends inclusive.
struct DoseSpan {
    Day first, last;
    std::optional<Micrograms>
        dose;  ///< nothing: prescribed, dose not recorded (drawn as a dotted line at the foot)
};

/// Doses on one scale: methadone and buprenorphine have a lane each.
struct DoseLane {
    std::string name;                     ///< `Methadone, mg`
    std::optional<Micrograms> threshold;  ///< the band at or above it is shaded
    std::vector<DoseSpan> spans;          ///< rising, not overlapping
};

/// Days with a prescription in force, both ends inclusive; the days between two of them are hatched as gaps.
struct CoverSpan {
    Day first, last;
};

enum class PictureStage : std::uint8_t { mat1, mat2, mat3, mat4, uncategorised, outside };
struct StageMonth {
    Day reference_date;  ///< the stage is drawn over the calendar month up to it
    PictureStage stage = PictureStage::outside;
};

struct TopUse {
    Day day;
    std::optional<int> opiate_days;  ///< 0 to 28 of the last 28; nothing: missing, shown as such
};

enum class ScreenOutcome : std::uint8_t { positive, negative, inconclusive };
struct ScreenMark {
    Day day;
    ScreenOutcome outcome = ScreenOutcome::inconclusive;
};

/// A labelled tick: an event or a change of medicine.
struct EventMark {
    Day day;
    std::string label;
};

struct ClientPicture {
    Day from, to;  ///< what is shown, both inclusive; marks outside are left out
    std::vector<DoseLane> doses;
    std::vector<EventMark>
        medicine_changes;            ///< `buprenorphine tablets from here`, a vertical line through all lanes
    std::vector<CoverSpan> cover;    ///< rising
    std::vector<StageMonth> stages;  ///< rising
    std::vector<TopUse> tops;
    std::vector<ScreenMark> screens;
    std::vector<EventMark> events;  ///< labels that find no room are dropped, ticks never
};

Html client_picture(const ClientPicture& data, const Frame& frame);
/// The figure with both drawings. The browser leaves it as it is: no person's data stand in attributes.
Html client_picture_figure(const ClientPicture& data, const Frame& frame);

}  // namespace optimat::chart
