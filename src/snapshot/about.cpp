#include "snapshot/about.hpp"

#include "snapshot/blob.hpp"
#include "snapshot/byte_stream.hpp"

#include <algorithm>

namespace optimat {

namespace {

void write_day(ByteWriter& writer, OptionalDay day) {
    writer.number(std::uint8_t{day.has_value()});
    if (day) writer.number(static_cast<std::uint32_t>((*day).number));
}

OptionalDay read_day(ByteReader& reader) {
    const auto present = reader.number<std::uint8_t>();
    if (present > 1) throw_damaged("a day is neither there nor missing");
    if (present == 0) return {};
    const Day day{static_cast<std::int32_t>(reader.number<std::uint32_t>())};
    if (day < first_readable_day || day > last_readable_day) throw_damaged("a day is outside the calendar");
    return day;
}

Day read_required_day(ByteReader& reader) {
    const OptionalDay day = read_day(reader);
    if (!day) throw_damaged("the snapshot does not say which days it covers");
    return *day;
}

void write_service(ByteWriter& writer, const Service& service) {
    for (const std::string& text : {service.service_id, service.name, service.region, service.area})
        writer.text(text);
    writer.number(static_cast<std::uint8_t>(service.kind));
    for (const OptionalDay day : {service.prescribing_from, service.opened, service.closed})
        write_day(writer, day);
    for (const std::string& text : {service.merged_into, service.peer_group})
        writer.text(text);
    writer.number(std::uint8_t{service.listed});
}

Service read_service(ByteReader& reader) {
    Service service;
    for (std::string* text : {&service.service_id, &service.name, &service.region, &service.area})
        *text = reader.text();
    const auto kind = reader.number<std::uint8_t>();
    if (kind >= codes::service_kind.texts.size()) throw_damaged("a service is of an unknown kind");
    service.kind = ServiceKind{kind};
    for (OptionalDay* day : {&service.prescribing_from, &service.opened, &service.closed})
        *day = read_day(reader);
    for (std::string* text : {&service.merged_into, &service.peer_group})
        *text = reader.text();
    const auto listed = reader.number<std::uint8_t>();
    if (listed > 1) throw_damaged("a service is neither listed nor not");
    service.listed = listed == 1;
    return service;
}

}  // namespace

About About::of(const Extract& extract, const Policy& policy) {
    return {extract.organisation, extract.covers_from,     extract.covers_to,
            extract.services,     extract.inventory_items, PolicyName::of(policy)};
}

std::string encode_about(const About& about) {
    ByteWriter writer;
    writer.text(about.organisation);
    write_day(writer, about.covers_from);
    write_day(writer, about.covers_to);
    writer.number(static_cast<std::uint32_t>(about.services.size()));
    for (const Service& service : about.services)
        write_service(writer, service);
    writer.number(static_cast<std::uint32_t>(about.inventory_items.size()));
    for (const std::string& item : about.inventory_items)
        writer.text(item);
    for (const std::string& text : {about.policy.name, about.policy.version, about.policy.hash})
        writer.text(text);
    return seal(BlobKind::about, writer.take());
}

About decode_about(std::string_view blob) { return read_about_payload(unseal(BlobKind::about, blob)); }

About read_about_payload(std::string_view payload) {
    ByteReader reader(payload);
    About about;
    about.organisation = reader.text();
    about.covers_from = read_required_day(reader);
    about.covers_to = read_required_day(reader);
    if (about.covers_to < about.covers_from) throw_damaged("the snapshot ends before it begins");
    const auto services = reader.number<std::uint32_t>();
    if (services >= ServiceIndex::limit) throw_damaged("the snapshot has too many services");
    for (std::uint32_t i = 0; i < services; ++i)
        about.services.push_back(read_service(reader));
    const auto not_rising = [](const Service& a, const Service& b) { return a.service_id >= b.service_id; };
    if (std::ranges::adjacent_find(about.services, not_rising) != about.services.end())
        throw_damaged("its services are not in order");
    const auto items = reader.number<std::uint32_t>();
    for (std::uint32_t i = 0; i < items; ++i)
        about.inventory_items.emplace_back(reader.text());
    for (std::string* text : {&about.policy.name, &about.policy.version, &about.policy.hash})
        *text = reader.text();
    reader.expect_end();
    return about;
}

}  // namespace optimat
