package scoring

// Screening keeps the units with enough data. The zero value keeps all.
//
// Reference: COINr's Screen; OECD/JRC Handbook (2008), step 2.
type Screening struct {
	// MinAvailable is the smallest share (0 to 1) of indicators that must have
	// a value; MinNonZero that of the values that must not be zero. Zero asks
	// for nothing.
	MinAvailable, MinNonZero float64
	// Force keeps (true) or drops (false) units by row whatever their data.
	Force map[int]bool
}

// Screen returns the rows of x that s keeps, in order.
func Screen(x *Matrix, s Screening) []int {
	var keep []int
	for i := range x.Rows {
		missing, zero := 0, 0
		for j := range x.Cols {
			switch v := x.At(i, j); {
			case IsMissing(v):
				missing++
			case v == 0:
				zero++
			}
		}
		available := 1 - float64(missing)/float64(x.Cols)
		ok := available >= s.MinAvailable
		if s.MinNonZero > 0 && missing < x.Cols {
			ok = ok && 1-float64(zero)/float64(x.Cols-missing) >= s.MinNonZero
		}
		if force, set := s.Force[i]; set {
			ok = force
		}
		if ok {
			keep = append(keep, i)
		}
	}
	return keep
}
