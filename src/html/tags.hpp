#pragma once
// The elements of HTML and SVG that our pages may hold. There is no style element, and a script is always a
// file, because the Content-Security-Policy lets nothing inline run. See html.hpp.

#include "html/html.hpp"

namespace optimat::tag {

inline constexpr Element<"a"> a;
inline constexpr Element<"abbr"> abbr;
inline constexpr Element<"address"> address;
inline constexpr Element<"article"> article;
inline constexpr Element<"aside"> aside;
inline constexpr Element<"b"> b;
inline constexpr Element<"blockquote"> blockquote;
inline constexpr Element<"body"> body;
inline constexpr Element<"button"> button;
inline constexpr Element<"caption"> caption;
inline constexpr Element<"cite"> cite;
inline constexpr Element<"code"> code;
inline constexpr Element<"colgroup"> colgroup;
inline constexpr Element<"data"> data;
inline constexpr Element<"datalist"> datalist;
inline constexpr Element<"dd"> dd;
inline constexpr Element<"del"> del;
inline constexpr Element<"details"> details;
inline constexpr Element<"dfn"> dfn;
inline constexpr Element<"div"> div;
inline constexpr Element<"dl"> dl;
inline constexpr Element<"dt"> dt;
inline constexpr Element<"em"> em;
inline constexpr Element<"fieldset"> fieldset;
inline constexpr Element<"figcaption"> figcaption;
inline constexpr Element<"figure"> figure;
inline constexpr Element<"footer"> footer;
inline constexpr Element<"form"> form;
inline constexpr Element<"h1"> h1;
inline constexpr Element<"h2"> h2;
inline constexpr Element<"h3"> h3;
inline constexpr Element<"h4"> h4;
inline constexpr Element<"h5"> h5;
inline constexpr Element<"h6"> h6;
inline constexpr Element<"head"> head;
inline constexpr Element<"header"> header;
inline constexpr Element<"html"> html;
inline constexpr Element<"i"> i;
inline constexpr Element<"ins"> ins;
inline constexpr Element<"kbd"> kbd;
inline constexpr Element<"label"> label;
inline constexpr Element<"legend"> legend;
inline constexpr Element<"li"> li;
inline constexpr Element<"main"> main;
inline constexpr Element<"mark"> mark;
inline constexpr Element<"meter"> meter;
inline constexpr Element<"nav"> nav;
inline constexpr Element<"noscript"> noscript;
inline constexpr Element<"ol"> ol;
inline constexpr Element<"optgroup"> optgroup;
inline constexpr Element<"option"> option;
inline constexpr Element<"output"> output;
inline constexpr Element<"p"> p;
inline constexpr Element<"pre"> pre;
inline constexpr Element<"progress"> progress;
inline constexpr Element<"q"> q;
inline constexpr Element<"s"> s;
inline constexpr Element<"samp"> samp;
inline constexpr Element<"section"> section;
inline constexpr Element<"select"> select;
inline constexpr Element<"small"> small;
inline constexpr Element<"span"> span;
inline constexpr Element<"strong"> strong;
inline constexpr Element<"sub"> sub;
inline constexpr Element<"summary"> summary;
inline constexpr Element<"sup"> sup;
inline constexpr Element<"table"> table;
inline constexpr Element<"tbody"> tbody;
inline constexpr Element<"td"> td;
inline constexpr Element<"textarea"> textarea;
inline constexpr Element<"tfoot"> tfoot;
inline constexpr Element<"th"> th;
inline constexpr Element<"thead"> thead;
inline constexpr Element<"time"> time;
inline constexpr Element<"title"> title;
inline constexpr Element<"tr"> tr;
inline constexpr Element<"ul"> ul;
inline constexpr Element<"var"> var;

// Without content.
inline constexpr VoidElement<"br"> br;
inline constexpr VoidElement<"col"> col;
inline constexpr VoidElement<"hr"> hr;
inline constexpr VoidElement<"img"> img;
inline constexpr VoidElement<"input"> input;
inline constexpr VoidElement<"link"> link;
inline constexpr VoidElement<"meta"> meta;
inline constexpr VoidElement<"wbr"> wbr;

// SVG; `a` and `title` stand above.
inline constexpr Element<"circle"> circle;
inline constexpr Element<"clipPath"> clipPath;
inline constexpr Element<"defs"> defs;
inline constexpr Element<"desc"> desc;
inline constexpr Element<"ellipse"> ellipse;
inline constexpr Element<"g"> g;
inline constexpr Element<"line"> line;
inline constexpr Element<"linearGradient"> linearGradient;
inline constexpr Element<"marker"> marker;
inline constexpr Element<"mask"> mask;
inline constexpr Element<"path"> path;
inline constexpr Element<"pattern"> pattern;
inline constexpr Element<"polygon"> polygon;
inline constexpr Element<"polyline"> polyline;
inline constexpr Element<"radialGradient"> radialGradient;
inline constexpr Element<"rect"> rect;
inline constexpr Element<"stop"> stop;
inline constexpr Element<"svg"> svg;
inline constexpr Element<"symbol"> symbol;
inline constexpr Element<"text"> text;
inline constexpr Element<"textPath"> textPath;
inline constexpr Element<"tspan"> tspan;
inline constexpr Element<"use"> use;

/// A script of ours, by its URL.
inline Html script(Attributes attributes) { return Element<"script">{}(attributes); }

}  // namespace optimat::tag
