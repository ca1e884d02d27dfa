#include "http/metrics.hpp"

#include "base/version.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace optimat {
namespace {

// In seconds: a page should be there in a tenth, an import may take minutes.
const prometheus::Histogram::BucketBoundaries duration_bounds = {0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
                                                                 0.5,   1,     2.5,  5,     10,   60,  300};

std::string route_of(const Served& served) {
    return served.route.text().empty() ? "none" : std::string(served.route.text());
}

std::string class_of(int status) { return std::to_string(status / 100) + "xx"; }

}  // namespace

std::string_view text_of(ImportOutcome outcome) {
    switch (outcome) {
    case ImportOutcome::done:
        return "done";
    case ImportOutcome::refused:
        return "refused";
    case ImportOutcome::failed:
        return "failed";
    }
    return "";
}

struct Metrics::Families {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                            .Name("optimat_requests_total")
                                                            .Help("Requests answered")
                                                            .Register(registry);
    prometheus::Family<prometheus::Histogram>& seconds =
        prometheus::BuildHistogram()
            .Name("optimat_request_seconds")
            .Help("From the first byte of a request to the last of its answer")
            .Register(registry);
    prometheus::Gauge& in_flight = gauge("optimat_requests_in_flight", "Requests being answered");
    prometheus::Gauge& connections = gauge("optimat_connections", "Open connections");
    prometheus::Family<prometheus::Counter>& imports =
        prometheus::BuildCounter().Name("optimat_imports_total").Help("Imports ended").Register(registry);
    prometheus::Counter& sign_in_failures = prometheus::BuildCounter()
                                                .Name("optimat_sign_in_failures_total")
                                                .Help("Sign-ins refused")
                                                .Register(registry)
                                                .Add({});

    Families() {
        prometheus::BuildGauge()
            .Name("optimat_build_info")
            .Help("Always 1; the label tells the version")
            .Register(registry)
            .Add({{"version", std::string(program_version())}})
            .Set(1);
        // Seen as zero before the first one ends, so that a rise from nothing is seen, too.
        for (const auto outcome : {ImportOutcome::done, ImportOutcome::refused, ImportOutcome::failed})
            imports.Add({{"outcome", std::string(text_of(outcome))}});
    }

    prometheus::Gauge& gauge(const std::string& name, const std::string& help) {
        return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
    }
};

Metrics::Metrics() : m_families(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::count(const Served& served) {
    const std::string method(served.method ? text_of(*served.method) : "none");
    m_families->requests
        .Add({{"route", route_of(served)}, {"method", method}, {"status", class_of(served.status)}})
        .Increment();
    m_families->seconds.Add({{"route", route_of(served)}}, duration_bounds)
        .Observe(std::chrono::duration<double>(served.took).count());
}

void Metrics::import_ended(ImportOutcome outcome) {
    m_families->imports.Add({{"outcome", std::string(text_of(outcome))}}).Increment();
}

void Metrics::sign_in_failed() { m_families->sign_in_failures.Increment(); }

void Metrics::set_connections(std::size_t open) { m_families->connections.Set(static_cast<double>(open)); }

Metrics::UnderWay::UnderWay(Metrics& metrics) : m_metrics(metrics) {
    m_metrics.m_families->in_flight.Increment();
}
Metrics::UnderWay::~UnderWay() { m_metrics.m_families->in_flight.Decrement(); }

std::string Metrics::exposition() const {
    return prometheus::TextSerializer().Serialize(m_families->registry.Collect());
}

}  // namespace optimat
