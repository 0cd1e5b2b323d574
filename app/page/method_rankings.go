package page

import (
	"math"
	"strconv"

	"aicities/app/markup"
	"aicities/app/model"
)

func init() {
	sheets["validation"] = (*Session).validationSheet
}

// studyAbout says what a published ranking measures, by publisher.
var studyAbout = map[string]string{
	"Oliver Wyman Forum": "AI: readiness", "Avantis AI": "AI: readiness; uses Oliver Wyman's index", "Linkee.ai": "AI: hubs",
	"Tufts Fletcher School / HBR": "AI: talent", "University of Sydney Business School": "AI: Chinese cities only",
	"AMiner / Zhipu Research": "AI: innovation", "Business Name Generator": "AI: popularity", "Counterpoint Research": "AI: the closed study",
	"PitchBook / Visual Capitalist": "Startups of any kind", "StartupBlink": "Startups", "Startup Genome": "Startups of any kind",
	"IMD": "Smart cities, as residents see them", "WIPO": "Innovation: clusters of several cities, which share a rank",
	"Shenzhen ISTIC / Tsinghua / Elsevier": "Science and talent", "Kearney": "Global cities", "Oxford Economics": "Global cities",
	"Mori Memorial Foundation": "Global cities", "Tsinghua University / Springer Nature": "Innovation",
}

// closedStudy is the publisher of the study that this one re-does in the open.
const closedStudy = "Counterpoint Research"

// shownRanks is how many single ranks of one study are shown. They are cited to
// check ours; the tables are their publishers'.
const shownRanks = 12

func (s *Session) methodRankings() section {
	return methodPart("method-rankings", func(w *markup.Writer) {
		if s.Ranking.Err != nil {
			w.El("p", s.noRanking(), "class", "empty")
			return
		}
		studies := s.Explorer.Studies(s.Ranking)
		prose(w, "No published ranking feeds this one, and nothing was tuned towards any. They measure other things, some of them not AI at all, so agreement is no proof and disagreement no fault; a reader may still ask. "+s.agreementWords(studies))
		scrolling(w, "Published rankings beside ours", func() {
			w.Open("table", "class", "figures studies")
			headings(w, "Ranking", "#Shared cities", "#In our first 20", "#Spearman", "Interval of 95 %, from −1 to 1")
			w.Open("tbody")
			for k := range studies {
				studyRow(w, &studies[k])
			}
			w.Close("tbody", "table")
		})
		spearmanFormula.write(w)
		w.El("p", "Spearman's ρ of the ranks among the shared cities, with the interval of Fisher's z in the form of Bonett and Wright (2000); none for fewer than "+count(model.MinShared)+" cities. Below some 25 pairs the interval is rough. "+
			"Most press reports give the first ten only, and within a top ten two good rankings can well disagree: the count of their cities among our first 20 says more there.", "class", "caption")
		takeAway(w, "validation")
		w.El("h3", "Rank by rank, and where we differ most")
		for k := range studies {
			if len(studies[k].Shared) > 0 {
				s.studyDetail(w, &studies[k], k)
			}
		}
	})
}

// agreementWords sums the studies up.
func (s *Session) agreementWords(studies []model.Study) string {
	n, clear, below := 0, 0, 0
	for _, x := range studies {
		if x.Rho != x.Rho {
			continue
		}
		n++
		if x.Low > 0 {
			clear++
		}
		if x.Rho < 0 {
			below++
		}
	}
	if n == 0 {
		return "No study shares " + count(model.MinShared) + " cities with this view."
	}
	text := count(n) + " share at least " + count(model.MinShared) + " cities with this view: with " + count(clear) + " the agreement is beyond chance (the interval lies above zero), with " + count(n-clear) + " it is not"
	if below > 0 {
		text += ", and with " + count(below) + " the correlation is even below zero"
	}
	return text + "."
}

func studyName(x *model.Study) string {
	name := x.Publisher + ": " + x.Title
	if x.Year > 0 {
		name += " " + strconv.Itoa(x.Year)
	}
	return name
}

func studyRow(w *markup.Writer, x *model.Study) {
	w.Open("tr", "data-study", x.Publisher)
	w.Open("th", "scope", "row").Text(x.Title)
	year := "undated"
	if x.Year > 0 {
		year = strconv.Itoa(x.Year)
	}
	w.El("span", x.Publisher+", "+year+". "+studyAbout[x.Publisher], "class", "summary").Close("th")
	w.El("td", count(len(x.Shared)), "class", "num").El("td", count(x.InTop), "class", "num")
	if x.Rho != x.Rho {
		w.El("td", "–", "class", "num").El("td", "too few cities").Close("tr")
		return
	}
	w.El("td", decimal(x.Rho, 2), "class", "num rho")
	w.Open("td", "class", "interval").Open("svg", "class", "interval", "aria-hidden", "true")
	at := func(r float64) string { return percent(50 + 50*r) }
	w.Open("line", "class", "axis", "x1", "0%", "x2", "100%", "y1", "50%", "y2", "50%").Close("line")
	w.Open("line", "class", "zero", "x1", "50%", "x2", "50%", "y1", "0", "y2", "100%").Close("line")
	w.Open("line", "class", "span", "x1", at(x.Low), "x2", at(x.High), "y1", "50%", "y2", "50%").Close("line")
	w.Open("circle", "cx", at(x.Rho), "cy", "50%", "r", "4").Close("circle").Close("svg")
	w.El("span", decimal(x.Low, 2)+" to "+decimal(x.High, 2)).Close("td", "tr")
}

// studyDetail shows single ranks of a study beside ours.
func (s *Session) studyDetail(w *markup.Writer, x *model.Study, k int) {
	w.Open("details", "class", "study", "id", "study-"+strconv.Itoa(k), "open?", yes(x.Publisher == closedStudy))
	w.El("summary", studyName(x))
	if differences := x.Differences(3); len(differences) > 0 && x.Rho == x.Rho {
		w.Open("ul", "class", "prose")
		for _, p := range differences {
			w.Open("li")
			s.differenceWords(w, x, p)
			w.Close("li")
		}
		w.Close("ul")
	}
	scrolling(w, "Ranks of "+studyName(x), func() {
		w.Open("table", "class", "figures ranks")
		headings(w, "City", "#Theirs", "#Ours", "Read at")
		w.Open("tbody")
		for _, p := range x.Shared[:min(shownRanks, len(x.Shared))] {
			c := s.cityOf(p.Entry)
			w.Open("tr").Open("th", "scope", "row").El("a", c.Name, "href", s.href("/city/"+c.ID)).Close("th")
			w.El("td", count(p.Theirs), "class", "num").El("td", count(p.Ours), "class", "num")
			w.Open("td").El("a", host(p.URL), "href", p.URL, "target", "_blank", "rel", "noopener noreferrer").Close("td", "tr")
		}
		w.Close("tbody", "table")
	})
	var notes string
	if n := len(x.Shared) - shownRanks; n > 0 {
		notes = "The first " + count(shownRanks) + " of " + count(len(x.Shared)) + " shared cities; the table is the publisher's. "
	}
	if x.Unranked > 0 {
		notes += plural(x.Unranked, "city", "cities") + " of it that we know of " + areIs(x.Unranked) + " not ranked in this view."
	}
	if notes != "" {
		w.El("p", notes, "class", "caption")
	}
	w.Close("details")
}

func areIs(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// differenceWords says where the orders part and which pillars make ours.
func (s *Session) differenceWords(w *markup.Writer, x *model.Study, p model.Place) {
	c := s.cityOf(p.Entry)
	w.El("b", c.Name).Text(" is " + ordinal(int(math.Round(p.OursAmong))) + " of the " + count(len(x.Shared)) + " shared cities here and " + ordinal(int(math.Round(p.TheirsAmong))) + " there. ")
	pulls := s.Ranking.Pulls(x, p)
	if len(pulls) == 0 {
		w.Text("No pillar stands out: the scores of these cities lie close together.")
		return
	}
	var parts []string
	for _, pull := range pulls[:min(2, len(pulls))] {
		parts = append(parts, pillarWord(pull.Pillar)+" ("+points(pull.Points)+")")
	}
	if p.Gap() > 0 {
		w.Text("What lifts it here, in points against the mean of these cities: " + join(parts) + ".")
	} else {
		w.Text("What holds it back here, in points against the mean of these cities: " + join(parts) + ".")
	}
}

// points writes a change of a score with its sign.
func points(x float64) string {
	if x > 0 {
		return "+" + decimal(x, 1)
	}
	return decimal(x, 1)
}

// host is the site of an address.
func host(url string) string {
	for _, prefix := range []string{"https://", "http://"} {
		if len(url) > len(prefix) && url[:len(prefix)] == prefix {
			url = url[len(prefix):]
		}
	}
	for k := range len(url) {
		if url[k] == '/' || url[k] == '?' {
			return url[:k]
		}
	}
	return url
}

// validationSheet holds our figures only: the ranks are their publishers'.
func (s *Session) validationSheet() sheet {
	t := sheet{title: "Agreement with published rankings (Spearman)", columns: []string{"publisher", "ranking", "year", "shared_cities", "in_our_first_20", "spearman", "low_95", "high_95"}}
	if s.Ranking.Err != nil {
		return t
	}
	for _, x := range s.Explorer.Studies(s.Ranking) {
		year := math.NaN()
		if x.Year > 0 {
			year = float64(x.Year)
		}
		t.rows = append(t.rows, []any{x.Publisher, x.Title, year, len(x.Shared), x.InTop, x.Rho, x.Low, x.High})
	}
	return t
}
