package release

import (
	"slices"
	"strings"
	"testing"

	"aicities/data"
)

// readByEye is what the licence of each source allows, as a person read it.
var readByEye = map[Terms]string{
	"Apache-2.0":    `ai_company_sites china_llm_list`,
	"CC-BY-3.0-IGO": `un_wup2018`,
	Own:             `epoch_data_centers epoch_gpu_clusters epoch_notable_models eu_pstw eurostat geonames hand worldbank_2023`,
	"CC0-1.0":       `mlab_ndt_national nl_algorithm_register robotics_companies ror_ai_companies ror_ai_organisations`,
	"MIT":           `ai_product_data aws_edge_locations cloud_regions_2026 cloud_regions_info cloudflare_colos github_ai_orgs india_datacenter_watch`,
	ODbL:            `israel_techmap osm_data_centres`,
	"OGL-UK-3.0":    `uk_atrs`,
	"Unicode-3.0":   `cldr_48`,
	CiteOnly:        `counterpoint_2025 emirates_gdp external_rankings speedtest_city_facts visualcapitalist_2021_est`,
	CountsOnly:      `peeringdb_capacity_2024 peeringdb_counts`,
	FactsOnly:       `500_portfolio ai_conferences ai_drug_discovery ai_funding_radar ai_papers_2021_2026 ai_service_firms ai_startup_almanac ai_units_in_affiliations aioti_testbeds airport_5g_notes antler_portfolio aws_local_zones aws_wavelength_zones cable_landing_pages cn_ai_bachelor compute_single_facts ctyun_regions edinet_ai eurohpc_ai_factories fda_ai_devices flop_map_additions forbes_ai50_2025 giz_social_protection krx_listed_ai neurips_by_institution oecd_ai ontario_ai_map pages pages2 physical_ai_landscape press_facts research_pages startup_pages techstars_portfolio telecom_pages telecom_single_facts telefonica_edge tencent_huawei_regions top500_2025_06 top_ai_companies unicorns_2023 urbmobai yc_directory`,
	Open:            `bea_2017 bea_2021_rounded natural_earth nyc_algorithmic_tools us_federal_2024 us_federal_2025`,
}

func TestTheLicenceOfEverySourceIsUnderstoodAsAPersonReadIt(t *testing.T) {
	d := open(t)
	want := map[string]Terms{}
	for terms, ids := range readByEye {
		for _, id := range strings.Fields(ids) {
			want[id] = terms
		}
	}
	for k := range d.Sources {
		s := &d.Sources[k]
		got, ok := SourceTerms(s)
		if !ok || got != want[s.ID] {
			t.Errorf("%s: %q is taken for %q (understood: %v), a person read %q: read the licence, then enter the source here", s.ID, s.Licence, got, ok, want[s.ID])
		}
	}
	if _, ok := SourceTerms(&data.Source{Licence: "ask the publisher"}); ok {
		t.Error("a licence of unknown words is understood")
	}
}

// The names of the sources stand here by themselves, so that a mistake in the
// reading of licences cannot hide in what it lets through.
func TestNothingIsShippedAgainstTheLicenceOfItsSource(t *testing.T) {
	tables := tablesOf(t)
	has := func(row map[string]string, column string, ids ...string) bool {
		return slices.ContainsFunc(strings.Split(row[column], "|"), func(id string) bool { return slices.Contains(ids, id) })
	}
	d := open(t)
	var nothing, noRecord, factsOnly []string
	for k := range d.Sources {
		licence := strings.ToLower(d.Sources[k].Licence)
		if strings.Contains(licence, "facts only") || strings.Contains(licence, "none stated") || strings.Contains(licence, "single facts") || strings.Contains(licence, "gpl") {
			factsOnly = append(factsOnly, d.Sources[k].ID)
		}
	}
	nothing = []string{"counterpoint_2025", "external_rankings", "speedtest_city_facts", "visualcapitalist_2021_est", "emirates_gdp"}
	noRecord = []string{"peeringdb_capacity_2024", "peeringdb_counts"}
	odbl := []string{"osm_data_centres", "israel_techmap"}
	seen := map[string]int{}
	for name, rows := range tables {
		apart := strings.HasSuffix(name, "_odbl")
		for _, row := range rows {
			switch name {
			case "sources", "indicators":
				continue
			case "cities":
				if has(row, "gdp_source", nothing...) || has(row, "population_source", nothing...) || has(row, "gdp_source", odbl...) {
					t.Errorf("cities: %s has a figure that its source does not let pass: %v", row["id"], row)
				}
				if (row["gdp_source"] == "") != (row["gdp_usd"] == "") {
					t.Errorf("cities: %s has an output without a source", row["id"])
				}
				continue
			case "values", "values_odbl":
				if has(row, "source", nothing...) {
					t.Errorf("%s: a figure that must not be passed on: %v", name, row)
				}
				if has(row, "source", odbl...) != apart {
					t.Errorf("%s: ODbL and other figures are in one file: %v", name, row)
				}
			case "initiatives", "initiatives_odbl":
				if has(row, "sources", slices.Concat(nothing, noRecord)...) {
					t.Errorf("%s: a record that must not be passed on: %v", name, row)
				}
				if has(row, "sources", odbl...) != apart {
					t.Errorf("%s: ODbL and other records are in one file: %v", name, row)
				}
				if has(row, "sources", factsOnly...) {
					seen["facts only"]++
					for _, column := range []string{"organisation", "ownership", "magnitude", "unit", "summary"} {
						if row[column] != "" {
							t.Fatalf("%s: the source allows facts only, %s is passed on: %v", name, column, row)
						}
					}
				}
			default:
				t.Errorf("no rule for the table %s: say here what of it may be passed on", name)
			}
			if row[TermsColumn] == "" {
				t.Errorf("%s: a row does not say its terms: %v", name, row)
			}
			seen[name]++
		}
	}
	for _, name := range []string{"facts only", "values", "values_odbl", "initiatives", "initiatives_odbl"} {
		if seen[name] < 100 {
			t.Errorf("only %d rows of %s were checked", seen[name], name)
		}
	}
	if len(d.Rankings) == 0 {
		t.Error("the dataset has no published ranks: the check that none is shipped is empty")
	}
	studies := map[string]bool{}
	for _, r := range d.Rankings {
		studies[r.Study] = true
	}
	for name, rows := range tables {
		for _, row := range rows {
			for column, v := range row {
				if studies[v] && name != "sources" {
					t.Errorf("%s, column %s: names the published ranking %s", name, column, v)
				}
			}
		}
	}
}
