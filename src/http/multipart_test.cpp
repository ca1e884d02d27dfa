#include "http/multipart.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace optimat {
namespace {

struct Taken {
    std::string name, filename, content;
    bool is_whole = false;
    friend bool operator==(const Taken&, const Taken&) = default;
};

class Collector : public PartReceiver {
  public:
    void begin(const Part& part) override {
        m_parts.push_back({part.name, part.filename.value_or("(none)"), "", false});
    }
    void take(std::string_view bytes) override {
        EXPECT_FALSE(bytes.empty());
        m_parts.back().content += bytes;
    }
    void end() override { m_parts.back().is_whole = true; }
    std::vector<Taken> m_parts;
};

const std::string type = "multipart/form-data; boundary=XY";

std::string form_of(const std::vector<std::pair<std::string, std::string>>& parts,
                    const std::string& boundary = "XY") {
    std::string form;
    for (const auto& [disposition, content] : parts)
        form += "--" + boundary + "\r\nContent-Disposition: " + disposition + "\r\n\r\n" + content + "\r\n";
    return form + "--" + boundary + "--\r\n";
}

std::vector<Taken> parse(const std::string& form, const std::vector<std::size_t>& cuts = {},
                         MultipartLimits limits = {}) {
    Collector collector;
    MultipartParser parser(type, collector, limits);
    std::size_t start = 0;
    for (const std::size_t cut : cuts) {
        parser.take(std::string_view(form).substr(start, cut - start));
        start = cut;
    }
    parser.take(std::string_view(form).substr(start));
    parser.finish();
    return collector.m_parts;
}

const std::string tricky =
    form_of({{"form-data; name=\"token\"", "abc"},
             {"form-data; name=\"file\"; filename=\"a.csv\"", "1,2\r\n3,4\r\n--X\r\n-\r\r\n--"},
             {"form-data; name=\"empty\"", ""}});
const std::vector<Taken> tricky_parts = {{"token", "(none)", "abc", true},
                                         {"file", "a.csv", "1,2\r\n3,4\r\n--X\r\n-\r\r\n--", true},
                                         {"empty", "(none)", "", true}};

TEST(Multipart, parts_come_out_as_they_went_in) { EXPECT_EQ(parse(tricky), tricky_parts); }

TEST(Multipart, every_single_cut_gives_the_same) {
    for (std::size_t cut = 0; cut <= tricky.size(); ++cut)
        EXPECT_EQ(parse(tricky, {cut}), tricky_parts) << cut;
}

TEST(Multipart, one_byte_at_a_time_gives_the_same) {
    std::vector<std::size_t> cuts;
    for (std::size_t cut = 1; cut < tricky.size(); ++cut)
        cuts.push_back(cut);
    EXPECT_EQ(parse(tricky, cuts), tricky_parts);
}

TEST(Multipart, random_forms_and_random_cuts) {
    std::mt19937 dice(7);
    // Mostly what a boundary is made of, so that near misses are common.
    const std::string letters = "\r\n--XYab";
    for (int round = 0; round < 2000; ++round) {
        std::vector<std::pair<std::string, std::string>> parts;
        std::vector<Taken> expected;
        for (auto part = dice() % 4; part > 0; --part) {
            std::string content;
            for (auto i = dice() % 40; i > 0; --i)
                content += letters[dice() % letters.size()];
            if ((content + "\r\n--XY").find("\r\n--XY") != content.size()) content = "plain";
            parts.emplace_back("form-data; name=n", content);
            expected.push_back({"n", "(none)", content, true});
        }
        const std::string form = form_of(parts);
        std::vector<std::size_t> cuts;
        for (std::size_t at = 0; at < form.size(); at += 1 + dice() % 9)
            cuts.push_back(at);
        ASSERT_EQ(parse(form, cuts), expected) << round;
    }
}

TEST(Multipart, only_the_last_component_of_a_file_name_counts) {
    const auto name_of = [](const std::string& filename) {
        return parse(form_of({{"form-data; name=f; filename=\"" + filename + "\"", ""}})).front().filename;
    };
    EXPECT_EQ(name_of("a.csv"), "a.csv");
    EXPECT_EQ(name_of("../../etc/a.csv"), "a.csv");
    EXPECT_EQ(name_of("C:\\data\\a.csv"), "a.csv");
    EXPECT_EQ(name_of("a \\\"b\\\".csv"), "a \"b\".csv");
    EXPECT_EQ(name_of("a; name=x.csv"), "a; name=x.csv");
    EXPECT_EQ(name_of(""), "");
    EXPECT_THROW(name_of("a/.."), UsageError);
}

TEST(Multipart, malformed_forms_are_refused) {
    for (const std::string form :
         {"", "--XY", "--XY--x--XY", "text before\r\n--XY--\r\n",
          "--XY\r\nContent-Disposition: form-data; name=a\r\n\r\nabc",
          "--XY\r\nContent-Disposition: form-data\r\n\r\n\r\n--XY--",
          "--XY\r\nContent-Type: a\r\n\r\n\r\n--XY--",
          "--XY\r\nContent-Disposition: attachment; name=a\r\n\r\n\r\n--XY--", "--XYZ\r\n\r\n--XYZ--",
          "--XY\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n\r\n--XY--",
          "--XY\r\nContent-Disposition: form-data; name=\"a\r\n\r\n\r\n--XY--",
          "--XY\r\nno colon\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--XY--",
          "--XY\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; "
          "name=b\r\n\r\n\r\n--XY--"}) {
        if (form == "--XY--x--XY") {
            EXPECT_TRUE(parse(form).empty());
            continue;
        }
        EXPECT_THROW(parse(form), UsageError) << form;
    }
    EXPECT_TRUE(parse("--XY--").empty());
}

TEST(Multipart, limits_hold) {
    std::vector<std::pair<std::string, std::string>> parts(3, {"form-data; name=n", "x"});
    EXPECT_EQ(parse(form_of(parts), {}, {.most_parts = 3}).size(), 3u);
    EXPECT_THROW(parse(form_of(parts), {}, {.most_parts = 2}), UsageError);
    const std::string endless = "--XY\r\n" + std::string(5000, 'a');
    EXPECT_THROW(parse(endless, {100}), UsageError);
    const std::string long_name = form_of({{"form-data; name=" + std::string(5000, 'n'), "x"}});
    EXPECT_THROW(parse(long_name), UsageError);
    EXPECT_EQ(parse(long_name, {}, {.header_limit = 6000}).size(), 1u);
}

TEST(Multipart, the_boundary_must_be_named) {
    Collector collector;
    for (const char* wrong : {"", "text/plain", "multipart/form-data", "multipart/form-data; boundary=",
                              "multipart/form-data; boundary=\"a", "multipart/mixed; boundary=a"})
        EXPECT_THROW(MultipartParser(wrong, collector), UsageError) << wrong;
    EXPECT_THROW(MultipartParser("multipart/form-data; boundary=" + std::string(71, 'a'), collector),
                 UsageError);
    EXPECT_NO_THROW(MultipartParser("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\"", collector));
}

}  // namespace
}  // namespace optimat
