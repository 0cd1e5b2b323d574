package scoring

import "math"

// Matrix is a table of units (rows) by indicators (columns) of float64.
// A missing value is NaN and nothing else; it is never a zero.
//
// It is stored column by column, because nearly every step of a composite
// indicator (treatment, normalisation, aggregation) works on one indicator at
// a time: Data[j*Rows+i] is the value of unit i for indicator j.
type Matrix struct {
	Rows, Cols int
	Data       []float64
}

// NewMatrix returns a rows × cols matrix of zeros.
func NewMatrix(rows, cols int) *Matrix {
	return &Matrix{Rows: rows, Cols: cols, Data: make([]float64, rows*cols)}
}

// FromRows returns a matrix of the given rows, which must have equal lengths;
// it returns an error that names the first row that differs.
func FromRows(rows [][]float64) (*Matrix, error) {
	if len(rows) == 0 {
		return NewMatrix(0, 0), nil
	}
	m := NewMatrix(len(rows), len(rows[0]))
	for i, row := range rows {
		if len(row) != m.Cols {
			return nil, errorf(StepInput, "row ", itoa(i+1), " has ", itoa(len(row)), " values where row 1 has ", itoa(m.Cols))
		}
		for j, x := range row {
			m.Set(i, j, x)
		}
	}
	return m, nil
}

// At returns the value in row i and column j.
func (m *Matrix) At(i, j int) float64 { return m.Data[j*m.Rows+i] }

// Set writes x into row i and column j.
func (m *Matrix) Set(i, j int, x float64) { m.Data[j*m.Rows+i] = x }

// Col returns column j as a slice of the matrix's own storage.
func (m *Matrix) Col(j int) []float64 { return m.Data[j*m.Rows : (j+1)*m.Rows : (j+1)*m.Rows] }

// columns returns all columns, each a slice of the matrix's own storage.
func (m *Matrix) columns() [][]float64 {
	out := make([][]float64, m.Cols)
	for j := range out {
		out[j] = m.Col(j)
	}
	return out
}

// Row copies row i into dst, which is allocated when nil, and returns it.
func (m *Matrix) Row(dst []float64, i int) []float64 {
	if dst == nil {
		dst = make([]float64, m.Cols)
	}
	for j := range dst {
		dst[j] = m.At(i, j)
	}
	return dst
}

// Clone returns a copy that shares no storage with m.
func (m *Matrix) Clone() *Matrix {
	return &Matrix{Rows: m.Rows, Cols: m.Cols, Data: append([]float64(nil), m.Data...)}
}

// SelectRows returns a new matrix of the given rows of m, in that order.
func (m *Matrix) SelectRows(rows []int) *Matrix {
	out := NewMatrix(len(rows), m.Cols)
	for j := range m.Cols {
		src, dst := m.Col(j), out.Col(j)
		for k, i := range rows {
			dst[k] = src[i]
		}
	}
	return out
}

// Missing is the mark of a missing value.
var Missing = math.NaN()

// IsMissing reports whether x is the missing mark.
func IsMissing(x float64) bool { return x != x }
