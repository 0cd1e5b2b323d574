//go:build js

// Command engine offers the engine's work to the benchmarks, in the browser: the functions of the global object 'engine'.
package main

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"
	"syscall/js"
	"time"

	"aicities/app/model"
	"aicities/app/view"
	"aicities/data"
	"aicities/scoring"
)

var (
	file     []byte
	shipped  *model.Explorer
	records  *data.Dataset
	universe []int
	counts   [][]float64
	ranker   scoring.Ranker
	total    []float64
	rank     []int
	figures  *scoring.Model
	result   *scoring.Result
)

func main() {
	ds, err := data.Open()
	must(err)
	shipped = model.New(ds)
	js.Global().Set("engine", map[string]any{
		"take":      function(take),
		"decode":    function(decode),
		"lens":      function(lens),
		"records":   function(useRecords),
		"filter":    function(filter),
		"filtered":  function(filtered),
		"certainty": function(certainty),
		"figures":   function(useFigures),
		"weigh":     function(weigh),
		"draws":     function(draws),
	})
	select {}
}

// take copies a file's bytes for decode and records.
func take(args []js.Value) any {
	file = make([]byte, args[0].Length())
	js.CopyBytesToGo(file, args[0])
	return nil
}

// decode opens the dataset, as the page does at its start.
func decode([]js.Value) any {
	ds, err := data.Decode(file)
	must(err)
	return ds.Len()
}

// lens ranks the cities under one sector and returns the first of them.
func lens(args []js.Value) any {
	v := view.Default()
	v.Lens.Sectors = []string{shipped.Data.Sectors[args[0].Int()]}
	r := shipped.Rank(v)
	return shipped.Data.Cities[r.Cities[r.Order[0]]].ID
}

func useRecords([]js.Value) any {
	ds, err := data.Decode(file)
	must(err)
	records, universe = ds, ds.DefaultUniverse()
	total, rank = make([]float64, len(universe)), make([]int, len(universe))
	return ds.Len()
}

// filter counts the records of a sector since a year by city and actor, and ranks the cities by their sum.
func filter(args []js.Value) any {
	l := data.Lens{From: args[1].Int()}
	l.Sectors.Add(args[0].Int())
	counts = records.Matrix(universe, l, counts)
	clear(total)
	for _, column := range counts {
		for i, n := range column {
			total[i] += n
		}
	}
	rank = ranker.Rank(rank, total, 0)
	return nil
}

// filtered tells what filter found, to be compared with the rivals.
func filtered([]js.Value) any {
	var b strings.Builder
	for i, n := range total {
		b.WriteString(strconv.Itoa(int(n)) + ":" + strconv.Itoa(rank[i]) + " ")
	}
	return b.String()
}

// certainty makes the draws of the page's rank intervals in slices and returns the time of all and the longest slice, in ms.
func certainty([]js.Value) any {
	start := time.Now()
	c, err := shipped.NewCertainty(shipped.Base())
	must(err)
	longest := time.Since(start)
	for !c.Done() {
		slice := time.Now()
		must(c.Step(50))
		longest = max(longest, time.Since(slice))
	}
	c.Finish()
	return []any{ms(time.Since(start)), ms(longest)}
}

// useFigures takes a matrix of n units and 24 indicators in six pillars.
func useFigures(args []js.Value) any {
	n := args[0].Int()
	raw := scoring.NewMatrix(n, 24)
	take(args[1:])
	for i := range raw.Data {
		raw.Data[i] = math.Float64frombits(binary.LittleEndian.Uint64(file[8*i:]))
	}
	pillarOf, indicators := make([]int, 24), make([]scoring.Indicator, 24)
	for j := range pillarOf {
		pillarOf[j] = j / 4
		indicators[j] = scoring.Indicator{Code: strconv.Itoa(j), Direction: 1, Normalisation: scoring.Normalisation{Kind: scoring.MinMax, A: 1, B: 100}}
	}
	h, err := scoring.TwoLevels(nil, make([]string, 6), pillarOf)
	must(err)
	m, err := scoring.Compile(scoring.Spec{Hierarchy: h, Indicators: indicators}, raw)
	must(err)
	figures, result = m, m.NewResult()
	return nil
}

// weigh ranks the units under other weights of the pillars.
func weigh(args []js.Value) any {
	w := figures.Weights()
	w[24] = args[0].Float()
	must(figures.Aggregate(result, w, nil))
	return result.Score[0]
}

// draws draws weights and one of two means, ranks, and keeps each unit's ranks.
func draws(args []js.Value) any {
	mc, err := scoring.NewMonteCarlo(figures, scoring.Assumptions{
		Concentration: 100, Aggregations: [][]scoring.Aggregation{{{Kind: scoring.Arithmetic}, {Kind: scoring.Geometric}}},
	}, 1, args[0].Int())
	must(err)
	must(mc.Step(args[0].Int()))
	return mc.Result()[0].Mean
}

func function(f func([]js.Value) any) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any { return f(args) })
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func must(err error) {
	if err != nil {
		panic(err)
	}
}
