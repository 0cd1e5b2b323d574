// Command records writes what the benchmarks read: synthetic records of three sizes, as a dataset for the engine and as
// plain bytes (city, actor, sector, years since 2000) for its rivals, and the shipped records as JSON.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"

	"aicities/data"
)

const (
	cities  = 100
	sectors = 12
)

func main() {
	out := flag.String("out", "", "folder that gets the files")
	flag.Parse()
	for _, n := range []int{5_000, 100_000, 1_000_000} {
		if err := synthetic(*out, n); err != nil {
			log.Fatal(err)
		}
	}
	if err := shipped(*out); err != nil {
		log.Fatal(err)
	}
}

// synthetic writes n records of uneven cities, actors and sectors from 2012 to 2026.
func synthetic(folder string, n int) error {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	c := data.Content{
		Edition: data.Edition{ID: "bench", Released: "2026-11", Title: "Synthetic records"},
		Regions: []string{"Region"}, Countries: []data.Country{{Code: "AA", Name: "Country"}},
		Sources: []data.Source{{ID: "source", Title: "Source"}}, Sectors: []string{""},
	}
	for i := 1; i <= sectors; i++ {
		c.Sectors = append(c.Sectors, fmt.Sprintf("sector%02d", i))
	}
	for i := range cities {
		name := fmt.Sprintf("city%02d", i)
		c.Cities = append(c.Cities, data.City{ID: name, Name: name, Population: 1e6, GDPSource: -1, Default: true})
	}
	for a := range data.Actor(data.NumActors) {
		c.Indicators = append(c.Indicators, data.IndicatorDef{ID: a.String(), Title: a.String(), Direction: 1, Pillar: a, Actor: a, Made: data.MadeOfInitiatives, Weight: 1})
	}
	c.Figures = make([][]data.Figure, len(c.Indicators))
	skewed := func(k int) int { return int(float64(k) * random.Float64() * random.Float64()) }
	plain := make([]byte, 0, 4*n)
	for i := range n {
		x := data.Initiative{
			City: i * cities / n, Actor: data.Actor(skewed(data.NumActors)), Sector: 1 + skewed(sectors), Year: 2026 - skewed(15),
			Name: "r", Organisation: "o", Refs: []data.Ref{{}},
		}
		c.Initiatives = append(c.Initiatives, x)
		plain = append(plain, byte(x.City), byte(x.Actor), byte(x.Sector), byte(x.Year-2000))
	}
	encoded, err := data.Encode(&c)
	if err != nil {
		return err
	}
	base := filepath.Join(folder, fmt.Sprintf("records-%d", n))
	if err := os.WriteFile(base+".bin", plain, 0o666); err != nil {
		return err
	}
	return os.WriteFile(base+".msgpack", encoded, 0o666)
}

// shipped writes all that the embedded edition knows of its records.
func shipped(folder string) error {
	d, err := data.Open()
	if err != nil {
		return err
	}
	type record struct {
		data.Initiative
		Magnitude *float64 // JSON has no NaN
	}
	records := make([]record, 0, d.Len())
	for i := range d.Len() {
		x := d.Initiative(i)
		r := record{Initiative: x}
		if x.Unit != "" {
			r.Magnitude = &x.Magnitude
		}
		r.Initiative.Magnitude = 0
		records = append(records, r)
	}
	universe := d.DefaultUniverse()
	var global []int
	for i, s := range d.Sources {
		if s.Coverage == data.Global {
			global = append(global, i)
		}
	}
	content, err := json.Marshal(map[string]any{"records": records, "universe": universe, "sectors": d.Sectors, "global": global})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "shipped.json"), content, 0o666)
}
