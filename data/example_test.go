package data_test

import (
	"fmt"

	"aicities/data"
)

// The indicator matrix of the 100 cities, for health initiatives since 2020.
func ExampleDataset_Matrix() {
	d, err := data.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	health, _ := d.SectorByID("health")
	universe := d.DefaultUniverse()
	m := d.Matrix(universe, data.Lens{Sectors: data.SetOf(health), From: 2020}, nil)
	fmt.Println(len(m), "indicators of", len(m[0]), "cities")
	// Output: 17 indicators of 100 cities
}

// Where a figure comes from.
func ExampleDataset_Figure() {
	d, err := data.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	papers, _ := d.IndicatorByID("uni_papers")
	seoul, _ := d.CityByID("seoul")
	f := d.Figure(papers, seoul)
	fmt.Println(f.Period, d.Indicators[papers].Unit, d.Sources[f.Source].ID)
	// Output: 2021-2026 publications ai_papers_2021_2026
}
