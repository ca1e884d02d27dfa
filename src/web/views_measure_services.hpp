#pragma once
// One measure of services beside each other. In order of name: it is no league table. Rules funnel and
// disclosure do not hide anything here: commissioners do not have the page.

#include "web/views_measures.hpp"

#include <string>
#include <vector>

namespace optimat {

/// What the limits of a funnel allow for.
enum class FunnelLimits : std::uint8_t {
    chance,   ///< chance alone
    widened,  ///< services differing by more than chance too
};
std::string_view text_of(FunnelLimits limits);

struct MeasureServicesChoice {
    MeasureChoice measure;  ///< its place is marked among the services
    Place peers;            ///< whose services are compared, as the view has it
    std::string peers_key;
    FunnelLimits limits = FunnelLimits::chance;

    std::string query(const Figures& figures) const;
};

/// As read_measure_choice, and `peers` (the organisation when not given) and `limits`. Throws HttpError 400.
MeasureServicesChoice read_measure_services_choice(Context& context);

struct MeasureServicesView {
    std::vector<Place> services;  ///< what the comparison points to
    MeasureComparison comparison;
    /// Tables `services`, with what became of each, and `spread` (quartiles of the services' values).
    PageFigures page;
};
MeasureServicesView measure_services_view(Context& context, const MeasureServicesChoice& choice);

/// `closed 3 May 2018`, `merged into Abbey`, `with Elm Street, merged`: what became of a place of a service;
/// empty when it is as it was.
std::string fate_words(const Extract& extract, const Place& service);

}  // namespace optimat
