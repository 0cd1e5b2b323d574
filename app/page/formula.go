package page

import "aicities/app/markup"

// Formulas are MathML, which every engine draws by itself. Each has a plain
// text beside it, shown where MathML is not known and read by what reads aloud.

// formula is one line of mathematics.
type formula struct {
	text string // the same in plain characters
	math string // content of a math element
}

// write draws the formula as a line of its own.
func (f formula) write(w *markup.Writer) {
	w.Open("div", "class", "formula")
	w.Open("math", "display", "block", "alttext", f.text).Raw(f.math).Close("math")
	w.El("span", f.text, "class", "plain", "aria-hidden", "true")
	w.Close("div")
}

func mi(name string) string { return "<mi>" + name + "</mi>" }
func mn(n string) string    { return "<mn>" + n + "</mn>" }
func mo(op string) string   { return "<mo>" + op + "</mo>" }

func mrow(parts ...string) string {
	all := "<mrow>"
	for _, p := range parts {
		all += p
	}
	return all + "</mrow>"
}

func sub(base, index string) string    { return "<msub>" + base + index + "</msub>" }
func sup(base, exponent string) string { return "<msup>" + base + exponent + "</msup>" }
func frac(over, under string) string   { return "<mfrac>" + mrow(over) + mrow(under) + "</mfrac>" }
func sumOver(index, of string) string  { return "<munder>" + mo("∑") + mi(index) + "</munder>" + of }
func named(name string) string         { return `<mi mathvariant="normal">` + name + "</mi>" }

// flat is an operator that keeps its height, whatever it stands beside.
func flat(op string) string { return `<mo stretchy="false">` + op + "</mo>" }

func bracket(inside ...string) string { return flat("(") + mrow(inside...) + flat(")") }

func applied(name, inside string) string { return named(name) + mo("&#x2061;") + bracket(inside) }

// The symbols: x is an indicator as counted or measured, x′ treated, y
// normalised; w the weight of an indicator in its pillar, W that of a pillar; P
// the score of a pillar, S that of the index; i a city, j an indicator, p a
// pillar.
var (
	xi  = sub(mi("x"), mi("i"))
	xt  = sub(mi("x′"), mi("i"))
	yi  = sub(mi("y"), mi("i"))
	yij = sub(mi("y"), mrow(mi("i"), mi("j")))
	wj  = sub(mi("w"), mi("j"))
	wp  = sub(mi("W"), mi("p"))
	pip = sub(mi("P"), mrow(mi("i"), mi("p")))
	si  = sub(mi("S"), mi("i"))

	low  = applied("min", mi("x′"))
	high = applied("max", mi("x′"))
)

// weighted returns a formula of the mean of values that is made within a pillar
// or over the pillars, by the id of the method in a link.
func weighted(method string, over bool) formula {
	total, value, weight, index := pip, yij, wj, "j"
	t, v, u := "P[i,p]", "y[i,j]", "w[j]"
	if over {
		total, value, weight, index = si, pip, wp, "p"
		t, v, u = "S[i]", "P[i,p]", "W[p]"
	}
	sumWeights := mrow(sumOver(index, weight))
	switch method {
	case "geometric":
		return formula{t + " = exp(Σ " + u + " · ln " + v + " / Σ " + u + ")",
			mrow(total, mo("="), named("exp"), mo("("), frac(mrow(sumOver(index, mrow(weight, named("ln"), value))), sumWeights), mo(")"))}
	case "harmonic":
		return formula{t + " = Σ " + u + " / Σ (" + u + " / " + v + ")",
			mrow(total, mo("="), frac(sumWeights, mrow(sumOver(index, frac(weight, value)))))}
	case "median":
		return formula{t + " = weighted median of " + v,
			mrow(total, mo("="), sub(named("median"), weight), bracket(value))}
	case "copeland":
		return formula{t + " = number of cities that i outranks − number that outrank i; i outranks k where Σ " + u + " of the pillars with P[i,p] > P[k,p] is more than half",
			mrow(total, mo("="), sumOver("k", mrow(named("sgn"), bracket(sumOver(index, mrow(weight, named("sgn"),
				bracket(pip, mo("−"), sub(mi("P"), mrow(mi("k"), mi("p"))))))))))}
	case "topsis":
		return formula{t + " = d⁻ / (d⁺ + d⁻)",
			mrow(total, mo("="), frac(sup(mi("d"), mo("−")), mrow(sup(mi("d"), mo("+")), mo("+"), sup(mi("d"), mo("−")))))}
	}
	return formula{t + " = Σ " + u + " · " + v + " / Σ " + u,
		mrow(total, mo("="), frac(mrow(sumOver(index, mrow(weight, value))), sumWeights))}
}

var (
	perHeadFormula = formula{"x[i] = 1 000 000 · count[i] / people[i]",
		mrow(xi, mo("="), frac(mrow(sup(mn("10"), mn("6")), mo("·"), sub(named("count"), mi("i"))), sub(named("people"), mi("i"))))}

	treatFormulas = map[string]formula{
		"":    {"x′[i] = ln(x[i] + 1)", mrow(xt, mo("="), applied("ln", mrow(xi, mo("+"), mn("1"))))},
		"log": {"x′[i] = ln(x[i] + 1)", mrow(xt, mo("="), applied("ln", mrow(xi, mo("+"), mn("1"))))},
		"winsor": {"x′[i] = ln(x[i] − min(x) + 0.01 · (max(x) − min(x)))",
			mrow(xt, mo("="), named("ln"), bracket(xi, mo("−"), named("min"), mi("x"), mo("+"), mn("0.01"), bracket(named("max"), mi("x"), mo("−"), named("min"), mi("x"))))},
	}

	normFormulas = map[string]formula{
		"": {"y[i] = 100 · (x′[i] − min(x′)) / (max(x′) − min(x′))",
			mrow(yi, mo("="), mn("100"), mo("·"), frac(mrow(xt, mo("−"), low), mrow(high, mo("−"), low)))},
		"zscore": {"y[i] = 50 + 15 · (x′[i] − mean(x′)) / standard deviation(x′)",
			mrow(yi, mo("="), mn("50"), mo("+"), mn("15"), mo("·"), frac(mrow(xt, mo("−"), applied("mean", mi("x′"))), applied("sd", mi("x′"))))},
		"rank": {"y[i] = 100 · (rank from below(x′[i]) − 1) / (n − 1)",
			mrow(yi, mo("="), mn("100"), mo("·"), frac(mrow(applied("rank", xt), mo("−"), mn("1")), mrow(mi("n"), mo("−"), mn("1"))))},
		"max": {"y[i] = 100 · x′[i] / max(x′)", mrow(yi, mo("="), mn("100"), mo("·"), frac(xt, high))},
		"quintile": {"y[i] = 25 · (class(x′[i]) − 1), class 1 to 5 by fifths of the cities",
			mrow(yi, mo("="), mn("25"), mo("·"), bracket(applied("class", xt), mo("−"), mn("1")))},
	}

	rankFormula = formula{"rank[i] = 1 + number of cities k with S[k] > S[i]",
		mrow(sub(named("rank"), mi("i")), mo("="), mn("1"), mo("+"), flat("|"), flat("{"), mi("k"), mo(":"), sub(mi("S"), mi("k")), mo("&gt;"), si, flat("}"), flat("|"))}

	spearmanFormula = formula{"ρ ± : tanh(artanh ρ ± 1.96 · √((1 + ρ²/2) / (n − 3)))",
		mrow(named("tanh"), mo("("), mrow(named("artanh"), mi("ρ"), mo("±"), mn("1.96"), "<msqrt>"+frac(mrow(mn("1"), mo("+"), frac(sup(mi("ρ"), mn("2")), mn("2"))), mrow(mi("n"), mo("−"), mn("3")))+"</msqrt>"), mo(")"))}

	firstOrderFormula = formula{"S[k] = V(E(R | a[k])) / V(R)",
		mrow(sub(mi("S"), mi("k")), mo("="), frac(mrow(mi("V"), bracket(mi("E"), bracket(mi("R"), flat("|"), sub(mi("a"), mi("k"))))), mrow(mi("V"), bracket(mi("R")))))}
	totalFormula = formula{"T[k] = 1 − V(E(R | all a but a[k])) / V(R)",
		mrow(sub(mi("T"), mi("k")), mo("="), mn("1"), mo("−"), frac(mrow(mi("V"), bracket(mi("E"), bracket(mi("R"), flat("|"), sub(mi("a"), mrow(mo("∼"), mi("k")))))), mrow(mi("V"), bracket(mi("R")))))}
)
