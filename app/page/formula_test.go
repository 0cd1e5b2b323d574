package page

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"aicities/app/view"
)

// children is how many elements MathML asks for inside those that take a fixed number.
var children = map[string]int{"mfrac": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "mroot": 2, "msubsup": 3, "munderover": 3}

func TestFormulasAreWellFormedUnderEveryMethod(t *testing.T) {
	s := session(t, "/method")
	checked := 0
	check := func(v view.View) {
		s.View = v
		s.Refresh()
		var all strings.Builder
		for _, sec := range s.Sections() {
			all.WriteString(sec.markup)
		}
		for rest := all.String(); ; {
			start := strings.Index(rest, "<math")
			if start < 0 {
				return
			}
			end := start + strings.Index(rest[start:], "</math>") + len("</math>")
			formula := rest[start:end]
			rest = rest[end:]
			checked++
			var open []string
			counts := []int{0}
			for d := xml.NewDecoder(strings.NewReader(formula)); ; {
				token, err := d.Token()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v in %s", view.Format(v), err, formula)
				}
				switch x := token.(type) {
				case xml.StartElement:
					counts[len(counts)-1]++
					open, counts = append(open, x.Name.Local), append(counts, 0)
				case xml.EndElement:
					name, n := open[len(open)-1], counts[len(counts)-1]
					open, counts = open[:len(open)-1], counts[:len(counts)-1]
					if want := children[name]; want > 0 && n != want {
						t.Errorf("%s: <%s> holds %d elements, not %d: %s", view.Format(v), name, n, want, formula)
					}
				}
			}
		}
	}
	for _, norm := range view.NormIDs {
		for _, over := range view.AggIDs {
			v := view.Default()
			v.Norm, v.Over = norm, over
			check(v)
		}
	}
	for _, within := range view.WithinIDs {
		for _, treat := range view.TreatIDs {
			for _, missing := range view.MissingIDs {
				v := view.Default()
				v.Within, v.Treat, v.Missing, v.PerHead = within, treat, missing, true
				check(v)
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d formulas were found", checked)
	}
}
