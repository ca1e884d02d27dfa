#include "workbook/xml.hpp"

#include <algorithm>
#include <expat.h>
#include <fmt/format.h>
#include <memory>
#include <stdexcept>

namespace optimat::workbook_tests {

namespace {

struct Builder {
    Element root;
    std::vector<Element*> open{&root};
};

void XMLCALL begin(void* data, const XML_Char* name, const XML_Char** attributes) {
    Builder& builder = *static_cast<Builder*>(data);
    Element& element = builder.open.back()->children.emplace_back();
    element.name = name;
    for (; *attributes != nullptr; attributes += 2)
        element.attributes.emplace(attributes[0], attributes[1]);
    builder.open.push_back(&element);
}

void XMLCALL end(void* data, const XML_Char*) { static_cast<Builder*>(data)->open.pop_back(); }

void XMLCALL text(void* data, const XML_Char* text, int size) {
    static_cast<Builder*>(data)->open.back()->text.append(text, static_cast<std::size_t>(size));
}

void collect(const Element& element, std::string_view wanted, std::vector<const Element*>& found) {
    for (const Element& child : element.children) {
        if (child.name == wanted) found.push_back(&child);
        collect(child, wanted, found);
    }
}

}  // namespace

std::string Element::operator[](const std::string& attribute) const {
    const auto found = attributes.find(attribute);
    return found == attributes.end() ? "" : found->second;
}

const Element* Element::child(std::string_view wanted) const {
    const auto found = std::ranges::find(children, wanted, &Element::name);
    return found == children.end() ? nullptr : &*found;
}

std::vector<const Element*> Element::all(std::string_view wanted) const& {
    std::vector<const Element*> found;
    collect(*this, wanted, found);
    return found;
}

Element parse_xml(std::string_view xml) {
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(
        XML_ParserCreate(nullptr), XML_ParserFree);
    Builder builder;
    XML_SetUserData(parser.get(), &builder);
    XML_SetElementHandler(parser.get(), begin, end);
    XML_SetCharacterDataHandler(parser.get(), text);
    if (XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE) != XML_STATUS_OK)
        throw std::runtime_error(fmt::format("line {}: {}", XML_GetCurrentLineNumber(parser.get()),
                                             XML_ErrorString(XML_GetErrorCode(parser.get()))));
    return std::move(builder.root.children.front());
}

}  // namespace optimat::workbook_tests
