#include "rules/model_testing.h"

// What DMN 1.5 says of models beyond single expressions: item definitions, coercion, tables over lists, services, imports.
namespace yimen::rules {
namespace {

std::string needs(std::string_view what, std::string_view kind = "requiredInput") {
    auto requirement = kind == "requiredKnowledge" ? "knowledgeRequirement" : "informationRequirement";
    return fmt::format("<{0}><{1} href='{2}{3}'/></{0}>", requirement, kind, what.find('#') == what.npos ? "#" : "", what);
}

std::string decision(std::string_view name, std::string_view type, std::string_view requirements, std::string_view logic) {
    auto typed = type.empty() ? "" : fmt::format(" typeRef='{}'", type);
    return fmt::format("<decision id='{0}' name='{0}'><variable name='{0}'{1}/>{2}{3}</decision>", name, typed, requirements, logic);
}

std::string literal(std::string_view text) { return fmt::format("<literalExpression><text>{}</text></literalExpression>", text); }

std::string knowledge(std::string_view name, std::string_view type, std::string_view parameters, std::string_view logic) {
    return fmt::format(
        "<businessKnowledgeModel id='{0}' name='{0}'><variable name='{0}'/><encapsulatedLogic{1}>{2}{3}</encapsulatedLogic>"
        "</businessKnowledgeModel>",
        name, type.empty() ? "" : fmt::format(" typeRef='{}'", type), parameters, logic);
}

std::string value_of(const std::string& file, std::string_view decision, std::string_view given = "{}",
                     std::span<const std::string> files = {}) {
    auto model = Model::read(file, files);
    if (!model) return model.error().text(Language::en);
    for (auto& fault : model->faults()) return fault.text(Language::en);
    Model::Asked asked;
    asked.now = test_now();
    auto inputs = Expression::read(given, {})->evaluate({}, asked).value;
    auto outcome = model->evaluate(decision, inputs, asked);
    return outcome ? outcome->value.text() : outcome.error().text(Language::en);
}

// A decision of a type over one input of any.
std::string typed(std::string_view type, std::string_view items, std::string_view expression) {
    return definitions(std::string(items) + "<inputData id='x' name='x'><variable name='x'/></inputData>" +
                       decision("d", type, needs("x"), literal(expression)));
}

// 10.3.2.9.4: to and from a list of one, a date to the start of its day in UTC; what does not conform is null.
TEST(Coercion, OfWhatADecisionComesTo) {
    auto d = [](std::string_view type, std::string_view given, std::string_view items = "") {
        return value_of(typed(type, items, "x"), "d", fmt::format("{{x: {}}}", given));
    };
    EXPECT_EQ(d("number", "5"), "5");
    EXPECT_EQ(d("number", "[5]"), "5");
    EXPECT_EQ(d("number", "[5, 6]"), "null");
    EXPECT_EQ(d("number", "[]"), "null");
    EXPECT_EQ(d("number", "\"5\""), "null");
    EXPECT_EQ(d("string", "null"), "null");
    EXPECT_EQ(d("Any", "[5]"), "[5]");
    EXPECT_EQ(d("dateTime", "date(\"2026-11-24\")"), "2026-11-24T00:00:00Z");
    EXPECT_EQ(d("date", "date and time(\"2026-11-24T08:00:00\")"), "null");
    auto numbers = "<itemDefinition name='tNumbers' isCollection='true'><typeRef>number</typeRef></itemDefinition>";
    EXPECT_EQ(d("tNumbers", "5", numbers), "[5]");
    EXPECT_EQ(d("tNumbers", "[5, 6]", numbers), "[5, 6]");
    EXPECT_EQ(d("tNumbers", "[5, \"6\"]", numbers), "null");
    EXPECT_EQ(d("tNumbers", "[5, null]", numbers), "[5, null]");
    EXPECT_EQ(d("tNumbers", "\"5\"", numbers), "null");
    EXPECT_EQ(d("tNumbers", "[]", numbers), "[]");
}

TEST(ItemDefinition, SaysWhatConforms) {
    auto person =
        "<itemDefinition name='tAge'><typeRef>number</typeRef><allowedValues><text>[0..150]</text></allowedValues></itemDefinition>"
        "<itemDefinition name='tPerson'><itemComponent name='name'><typeRef>string</typeRef></itemComponent>"
        "<itemComponent name='age'><typeRef>tAge</typeRef></itemComponent></itemDefinition>"
        "<itemDefinition name='tPeople' isCollection='true'><typeRef>tPerson</typeRef></itemDefinition>"
        "<itemDefinition name='tTags' isCollection='true'><typeRef>string</typeRef><allowedValues><text>\"a\",\"b\"</text>"
        "</allowedValues></itemDefinition>"
        "<itemDefinition name='tHouse'><itemComponent name='people' isCollection='true'><typeRef>tPerson</typeRef></itemComponent>"
        "</itemDefinition>";
    auto d = [&](std::string_view type, std::string_view given) {
        return value_of(typed(type, person, "x"), "d", fmt::format("{{x: {}}}", given));
    };
    EXPECT_EQ(d("tAge", "30"), "30");
    EXPECT_EQ(d("tAge", "151"), "null");
    EXPECT_EQ(d("tPerson", "{name: \"A\", age: 30}"), "{name: \"A\", age: 30}");
    EXPECT_EQ(d("tPerson", "{name: \"A\", age: 30, more: 1}"), "{name: \"A\", age: 30, more: 1}");
    EXPECT_EQ(d("tPerson", "{name: \"A\", age: \"30\"}"), "null");
    EXPECT_EQ(d("tPerson", "{name: \"A\", age: 151}"), "null");
    EXPECT_EQ(d("tPerson", "{name: \"A\"}"), "null");
    EXPECT_EQ(d("tPeople", "{name: \"A\", age: 30}"), "[{name: \"A\", age: 30}]");
    EXPECT_EQ(d("tPeople", "[{name: \"A\", age: 30}, {name: \"B\", age: 31}]"), "[{name: \"A\", age: 30}, {name: \"B\", age: 31}]");
    EXPECT_EQ(d("tPeople", "[{name: \"A\", age: 30}, 5]"), "null");
    EXPECT_EQ(d("tTags", "[\"a\", \"b\", \"a\"]"), "[\"a\", \"b\", \"a\"]");
    EXPECT_EQ(d("tTags", "[\"a\", \"c\"]"), "null");
    EXPECT_EQ(d("tHouse", "{people: [{name: \"A\", age: 1}]}"), "{people: [{name: \"A\", age: 1}]}");
    EXPECT_EQ(d("tHouse", "{people: [{name: \"A\", age: -1}]}"), "null");
}

std::string columns(std::string_view attributes, std::string_view inputs, std::string_view outputs,
                    std::vector<std::vector<std::string_view>> rows) {
    std::string rules;
    size_t ins = 0;
    std::string clauses;
    for (size_t at = 0; at < inputs.size();) {
        auto end = std::min(inputs.find('|', at), inputs.size());
        clauses += fmt::format("<input><inputExpression><text>{}</text></inputExpression></input>", inputs.substr(at, end - at));
        at = end + 1;
        ++ins;
    }
    for (auto& row : rows) {
        rules += "<rule>";
        for (size_t c = 0; c < row.size(); ++c)
            rules += fmt::format("<{0}Entry><text>{1}</text></{0}Entry>", c < ins ? "input" : "output", row[c]);
        rules += "</rule>";
    }
    return fmt::format("<decisionTable {}>{}{}{}</decisionTable>", attributes, clauses, outputs, rules);
}

std::string over_x(std::string_view logic, std::string_view type = "") {
    return definitions(
        "<inputData id='x' name='x'><variable name='x'/></inputData><inputData id='y' name='y'><variable name='y'/></inputData>" +
        decision("d", type, needs("x") + needs("y"), logic));
}

// 8.2 and 7.3.2: what stands in a cell, and what comes of several rules.
TEST(TableCell, TestsWhatItSays) {
    auto fits = [](std::string_view cell, std::string_view given) {
        return value_of(over_x(columns("", "x", "<output name='o'/>", {{cell, "true"}})), "d", given);
    };
    EXPECT_EQ(fits("-", "{x: null}"), "true");
    EXPECT_EQ(fits("null", "{x: null}"), "true");
    EXPECT_EQ(fits("null", "{x: 1}"), "null");
    EXPECT_EQ(fits("not(null)", "{x: 1}"), "true");
    EXPECT_EQ(fits("1, 2, [5..7)", "{x: 6}"), "true");
    EXPECT_EQ(fits("1, 2, [5..7)", "{x: 7}"), "null");
    EXPECT_EQ(fits("not(1, 2)", "{x: 3}"), "true");
    EXPECT_EQ(fits("not(1, 2)", "{x: 2}"), "null");
    EXPECT_EQ(fits("? &gt; 3 and ? &lt; 6", "{x: 4}"), "true");
    EXPECT_EQ(fits("? &gt; 3 and ? &lt; 6", "{x: 6}"), "null");
    EXPECT_EQ(fits("&lt; y", "{x: 4, y: 5}"), "true");
    EXPECT_EQ(fits("y", "{x: 4, y: 4}"), "true");
    EXPECT_EQ(fits("y", "{x: 4, y: [3, 4]}"), "true");
    EXPECT_EQ(fits("y", "{x: 4, y: [3..5]}"), "true");
    EXPECT_EQ(fits("y", "{x: 4, y: [[3..5], 9]}"), "true");
    EXPECT_EQ(fits("[1, 2]", "{x: [1, 2]}"), "true");
    EXPECT_EQ(fits("[1, 2]", "{x: 2}"), "true");
    EXPECT_EQ(fits("y", "{x: [1, 2], y: [1, 2]}"), "true");
    EXPECT_EQ(fits("list contains(?, 2)", "{x: [1, 2]}"), "true");
    EXPECT_EQ(fits("some i in ? satisfies i &gt; 1", "{x: [1, 2]}"), "true");
    EXPECT_EQ(fits("every i in ? satisfies i &gt; 1", "{x: [1, 2]}"), "null");
    EXPECT_EQ(fits("date(\"2026-01-01\")", "{x: date(\"2026-01-01\")}"), "true");
    EXPECT_EQ(fits("&gt; date(\"2026-01-01\")", "{x: date(\"2026-01-02\")}"), "true");
    EXPECT_EQ(fits("&gt; 3", "{x: \"a\"}"), "null");
    EXPECT_EQ(fits("starts with(?, \"a\")", "{x: \"abc\"}"), "true");
    EXPECT_EQ(fits("true", "{x: true}"), "true");
    EXPECT_EQ(fits("false", "{x: false}"), "true");
    EXPECT_EQ(fits("false", "{x: true}"), "null");
    EXPECT_EQ(fits("{a: 1}", "{x: {a: 1}}"), "true");
}

constexpr auto two = "<output name='a' typeRef='string'/><output name='b' typeRef='number'/>";

TEST(TableOutput, IsPutTogetherByTheHitPolicy) {
    std::vector<std::vector<std::string_view>> rows = {{"&gt; 0", "\"p\"", "1"}, {"&gt; 1", "\"q\"", "2"}, {"&gt; 2", "\"q\"", "3"}};
    auto d = [&](std::string_view attributes, std::string_view outputs, std::string_view x) {
        return value_of(over_x(columns(attributes, "x", outputs, rows)), "d", fmt::format("{{x: {}}}", x));
    };
    EXPECT_EQ(d("", two, "1"), "{a: \"p\", b: 1}");
    EXPECT_EQ(d("", two, "2"), "null");
    EXPECT_EQ(d("hitPolicy='FIRST'", two, "2"), "{a: \"p\", b: 1}");
    EXPECT_EQ(d("hitPolicy='RULE ORDER'", two, "2"), "[{a: \"p\", b: 1}, {a: \"q\", b: 2}]");
    EXPECT_EQ(d("hitPolicy='COLLECT'", two, "2"), "[{a: \"p\", b: 1}, {a: \"q\", b: 2}]");
    constexpr auto ordered =
        "<output name='a'><outputValues><text>\"q\",\"p\"</text></outputValues></output>"
        "<output name='b'><outputValues><text>3,2,1</text></outputValues></output>";
    EXPECT_EQ(d("hitPolicy='PRIORITY'", ordered, "3"), "{a: \"q\", b: 3}");
    EXPECT_EQ(d("hitPolicy='OUTPUT ORDER'", ordered, "3"), "[{a: \"q\", b: 3}, {a: \"q\", b: 2}, {a: \"p\", b: 1}]");
    constexpr auto fallback =
        "<output name='a'><defaultOutputEntry><text>\"none\"</text></defaultOutputEntry></output>"
        "<output name='b'><defaultOutputEntry><text>x - 1</text></defaultOutputEntry></output>";
    EXPECT_EQ(d("", fallback, "0"), "{a: \"none\", b: -1}");
    EXPECT_EQ(d("hitPolicy='COLLECT'", fallback, "0"), "[{a: \"none\", b: -1}]");
}

TEST(TableOutput, IsAggregated) {
    std::vector<std::vector<std::string_view>> rows = {{"&gt; 0", "1"}, {"&gt; 1", "5"}, {"&gt; 2", "5"}};
    auto d = [&](std::string_view how, std::string_view x) {
        return value_of(over_x(columns(fmt::format("hitPolicy='COLLECT' aggregation='{}'", how), "x", "<output name='o'/>", rows)), "d",
                        fmt::format("{{x: {}}}", x));
    };
    EXPECT_EQ(d("SUM", "3"), "11");
    EXPECT_EQ(d("MIN", "3"), "1");
    EXPECT_EQ(d("MAX", "3"), "5");
    EXPECT_EQ(d("COUNT", "3"), "3");
    EXPECT_EQ(d("SUM", "0"), "null");
    EXPECT_EQ(d("SUM", "1"), "1");
}

TEST(TableInput, OutsideItsValuesFitsNoRule) {
    auto logic =
        "<decisionTable><input><inputExpression typeRef='string'><text>x</text></inputExpression><inputValues><text>\"a\",\"b\"</text>"
        "</inputValues></input><output name='o'/><rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry>"
        "</rule></decisionTable>";
    EXPECT_EQ(value_of(over_x(logic), "d", "{x: \"a\"}"), "1");
    EXPECT_EQ(value_of(over_x(logic), "d", "{x: \"c\"}"), "null");
}

std::string parameter(std::string_view name, std::string_view type) {
    return fmt::format("<formalParameter name='{}' typeRef='{}'/>", name, type);
}

TEST(Knowledge, IsInvokedWithWhatConforms) {
    auto with = [](std::string_view call, std::string_view type = "number") {
        return definitions(knowledge("twice", type, parameter("n", "number"), literal("n * 2")) +
                           decision("d", "", needs("twice", "requiredKnowledge"), literal(call)));
    };
    EXPECT_EQ(value_of(with("twice(2)"), "d"), "4");
    EXPECT_EQ(value_of(with("twice(n: 2)"), "d"), "4");
    EXPECT_EQ(value_of(with("twice([2])"), "d"), "4");
    EXPECT_EQ(value_of(with("twice(\"2\")"), "d"), "null");
    EXPECT_EQ(value_of(with("twice(m: 2)"), "d"), "null");
    EXPECT_EQ(value_of(with("twice(2, 3)"), "d"), "null");
    EXPECT_EQ(value_of(with("for i in [1, 2] return twice(i)"), "d"), "[2, 4]");
    auto invocation =
        "<invocation><literalExpression><text>twice</text></literalExpression><binding><parameter name='n'/>"
        "<literalExpression><text>3</text></literalExpression></binding></invocation>";
    auto file = definitions(knowledge("twice", "", parameter("n", "number"), literal("n * 2")) +
                            decision("d", "number", needs("twice", "requiredKnowledge"), invocation));
    EXPECT_EQ(value_of(file, "d"), "6");
    // A table whose columns speak of the parameters.
    auto rated = definitions(knowledge("rate", "", parameter("n", "number"),
                                       columns("", "n", "<output name='o'/>", {{"&lt; 10", "\"low\""}, {"&gt;= 10", "\"high\""}})) +
                             decision("d", "string", needs("rate", "requiredKnowledge"), literal("rate(12)")));
    EXPECT_EQ(value_of(rated, "d"), "high");
    // One knows another.
    auto chain = definitions(knowledge("twice", "", parameter("n", "number"), literal("n * 2")) +
                             "<businessKnowledgeModel id='four' name='four times'><variable name='four times'/><encapsulatedLogic>"
                             "<formalParameter name='n' "
                             "typeRef='number'/><literalExpression><text>twice(twice(n))</text></literalExpression></encapsulatedLogic>"
                             "<knowledgeRequirement><requiredKnowledge href='#twice'/></knowledgeRequirement></businessKnowledgeModel>" +
                             decision("d", "", needs("four", "requiredKnowledge"), literal("four times(2)")));
    EXPECT_EQ(value_of(chain, "d"), "8");
}

TEST(Logic, ThatIsMissingIsNull) {
    EXPECT_EQ(value_of(definitions(decision("d", "number", "", "")), "d"), "null");
    EXPECT_EQ(value_of(definitions(knowledge("k", "", "", "") + decision("d", "", needs("k", "requiredKnowledge"), literal("k()"))), "d"),
              "null");
}

std::string service(std::string_view name, std::string_view inside) {
    return fmt::format("<decisionService id='{0}' name='{0}'><variable name='{0}'/>{1}</decisionService>", name, inside);
}

TEST(Service, IsCalledAsAFunctionOfItsInputs) {
    auto inside = input("n", "number") + decision("half", "number", needs("n"), literal("n / 2")) +
                  decision("more", "number", needs("half", "requiredDecision"), literal("half + 1")) +
                  decision("less", "number", needs("half", "requiredDecision"), literal("half - 1"));
    auto one = service("one", "<outputDecision href='#more'/><encapsulatedDecision href='#half'/><inputData href='#n'/>");
    auto both = service(
        "both", "<outputDecision href='#more'/><outputDecision href='#less'/><encapsulatedDecision href='#half'/><inputData href='#n'/>");
    auto given = service("given", "<outputDecision href='#more'/><inputDecision href='#half'/>");
    auto calls = [&](std::string_view call) {
        return value_of(definitions(inside + one + both + given +
                                    decision("d", "",
                                             needs("one", "requiredKnowledge") + needs("both", "requiredKnowledge") +
                                                 needs("given", "requiredKnowledge"),
                                             literal(call))),
                        "d");
    };
    EXPECT_EQ(calls("one(10)"), "6");
    EXPECT_EQ(calls("one(n: 10)"), "6");
    EXPECT_EQ(calls("both(10)"), "{more: 6, less: 4}");
    EXPECT_EQ(calls("both(10).less"), "4");
    EXPECT_EQ(calls("given(half: 20)"), "21");
    EXPECT_EQ(calls("for i in [2, 4] return one(i)"), "[2, 3]");
    EXPECT_EQ(calls("one(\"a\")"), "null");
    EXPECT_EQ(value_of(definitions(inside + both), "both", "{n: 10}"), "{more: 6, less: 4}");
    EXPECT_EQ(value_of(definitions(inside + given), "given", "{half: 20}"), "21");
}

constexpr auto import_type = "importType='https://www.omg.org/spec/DMN/20230324/MODEL/'";

TEST(Import, GivesDecisionsInputsServicesAndTypes) {
    std::vector<std::string> files{
        definitions("<itemDefinition name='tPair'><itemComponent name='a'><typeRef>number</typeRef></itemComponent></itemDefinition>" +
                        input("n", "number") + decision("half", "number", needs("n"), literal("n / 2")) +
                        service("halving", "<outputDecision href='#half'/><inputData href='#n'/>"),
                    "urn:a"),
        definitions(fmt::format("<import namespace='urn:a' name='a' {}/>", import_type) +
                        decision("quarter", "number", needs("urn:a#half", "requiredDecision"), literal("a.half / 2")),
                    "urn:b")};
    auto imports = fmt::format("<import namespace='urn:a' name='a' {0}/><import namespace='urn:b' name='b' {0}/>", import_type);
    auto file = [&](std::string_view type, std::string_view requirements, std::string_view expression) {
        return definitions(imports + decision("d", type, requirements, literal(expression)));
    };
    EXPECT_EQ(value_of(file("number", needs("urn:a#half", "requiredDecision"), "a.half + 1"), "d", "{n: 8}", files), "5");
    EXPECT_EQ(value_of(file("number", needs("urn:a#n"), "a.n + 1"), "d", "{n: 8}", files), "9");
    EXPECT_EQ(value_of(file("number", needs("urn:b#quarter", "requiredDecision"), "b.quarter"), "d", "{n: 8}", files), "2");
    EXPECT_EQ(value_of(file("number", needs("urn:a#halving", "requiredKnowledge"), "a.halving(8)"), "d", "{}", files), "4");
    EXPECT_EQ(value_of(file("a.tPair", "", "{a: 1}"), "d", "{}", files), "{a: 1}");
    EXPECT_EQ(value_of(file("a.tPair", "", "{a: \"1\"}"), "d", "{}", files), "null");
}

TEST(Boxed, ExpressionsNest) {
    auto d = [](std::string_view logic, std::string_view given = "{x: [3, 1, 2]}") { return value_of(over_x(logic), "d", given); };
    auto entry = [](std::string_view name, std::string_view text) {
        return fmt::format("<contextEntry><variable name='{}'/>{}</contextEntry>", name, literal(text));
    };
    EXPECT_EQ(d("<context>" + entry("a", "1") + entry("b", "a + 1") + "</context>"), "{a: 1, b: 2}");
    EXPECT_EQ(d("<context>" + entry("a", "1") + entry("b", "a + 1") + "<contextEntry>" + literal("a + b") + "</contextEntry></context>"),
              "3");
    EXPECT_EQ(d("<list>" + literal("1") + "<list>" + literal("2") + "</list></list>"), "[1, [2]]");
    EXPECT_EQ(d("<relation><column name='p'/><column name='q'/><row>" + literal("1") + literal("2") + "</row><row>" + literal("3") +
                literal("4") + "</row></relation>"),
              "[{p: 1, q: 2}, {p: 3, q: 4}]");
    EXPECT_EQ(d("<conditional><if>" + literal("count(x) = 3") + "</if><then>" + literal("\"three\"") + "</then><else>" +
                literal("\"other\"") + "</else></conditional>"),
              "three");
    EXPECT_EQ(d("<filter><in>" + literal("x") + "</in><match>" + literal("item &gt; 1") + "</match></filter>"), "[3, 2]");
    EXPECT_EQ(d("<for iteratorVariable='i'><in>" + literal("x") + "</in><return>" + literal("i * 10") + "</return></for>"), "[30, 10, 20]");
    EXPECT_EQ(d("<for iteratorVariable='i'><in>" + literal("x") + "</in><return>" + literal("count(partial) + i") + "</return></for>"),
              "[3, 2, 4]");
    EXPECT_EQ(d("<some iteratorVariable='i'><in>" + literal("x") + "</in><satisfies>" + literal("i = 2") + "</satisfies></some>"), "true");
    EXPECT_EQ(d("<every iteratorVariable='i'><in>" + literal("x") + "</in><satisfies>" + literal("i = 2") + "</satisfies></every>"),
              "false");
    auto function = "<functionDefinition><formalParameter name='p' typeRef='number'/>" + literal("p + count(x)") + "</functionDefinition>";
    EXPECT_EQ(d("<context><contextEntry><variable name='f'/>" + function + "</contextEntry><contextEntry>" + literal("f(10)") +
                "</contextEntry></context>"),
              "13");
    EXPECT_EQ(d("<context><contextEntry><variable name='fac'/><functionDefinition><formalParameter name='n' typeRef='number'/>" +
                literal("if n &lt;= 1 then 1 else n * fac(n - 1)") + "</functionDefinition></contextEntry><contextEntry>" +
                literal("fac(5)") + "</contextEntry></context>"),
              "120");
    EXPECT_EQ(d("<context><contextEntry><variable name='a' typeRef='number'/>" + literal("\"no\"") + "</contextEntry><contextEntry>" +
                literal("a = null") + "</contextEntry></context>"),
              "true");
}

}  // namespace
}  // namespace yimen::rules
