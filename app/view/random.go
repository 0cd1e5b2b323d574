package view

import "math/rand/v2"

// Random returns a canonical view with many settings away from their default,
// for tests of links; cities are the city ids to draw from.
func Random(r *rand.Rand, cities []string) View {
	pick := func(ids []string) string { return ids[r.IntN(len(ids))] }
	some := func(ids []string, most int) []string {
		var out []string
		for range r.IntN(most + 1) {
			out = append(out, pick(ids))
		}
		return out
	}
	v := Default()
	for i := range v.Weights {
		v.Weights[i] = r.IntN(101)
	}
	v.Norm, v.Within, v.Over = pick(NormIDs), pick(WithinIDs), pick(AggIDs)
	v.Treat, v.Missing = pick(TreatIDs), pick(MissingIDs)
	v.PerHead, v.Partial = r.IntN(2) == 0, r.IntN(2) == 0
	v.Universe.Kind = pick(UniverseIDs)
	v.Universe.Region = pick([]string{"", "Europe", "East Asia"})
	v.Universe.Cities = some(cities, MaxOwn)
	v.Lens.Actors = some(PillarIDs[:], 3)
	v.Lens.Ownership = some(OwnershipID, 2)
	v.Lens.Sectors = some([]string{"health", "transport", "public_admin"}, 3)
	if r.IntN(2) == 0 {
		v.Lens.From, v.Lens.To = MinYear+r.IntN(MaxYear-MinYear), MinYear+r.IntN(MaxYear-MinYear)
	}
	v.Lens.Text = pick([]string{"", "smart city", "São Paulo & co", "人工智能", "<b>", "%00"})
	v.List = List{pick(CoverageIDs), pick(LevelIDs), pick(OrderIDs)}
	v.Sort = pick([]string{"", "score", "-city", "government"})
	v.Selected = pick(append([]string{""}, cities...))
	v.Pinned = some(cities, 4)
	v.Compare = some(cities, 5)
	if len(v.Compare) > 1 {
		v.Pair = v.Compare[:2]
	}
	v.Against = pick(append([]string{""}, cities...))
	v.Find = pick([]string{"", "san", "ü & ü"})
	v.Map = Moved(MapZooms[r.IntN(len(MapZooms))], r.IntN(1001), r.IntN(1001))
	v.Chart = pick(ChartIDs)
	return Canonical(v)
}
