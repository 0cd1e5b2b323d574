package chart

import "strings"

// textWidth estimates the width of text in px, on the side of too much: the
// fonts of visitors differ, and a label must not run into the next.
func textWidth(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		switch {
		case strings.ContainsRune("ijlI.,:;'|!ftr()[]- \u202f\u00a0", r):
			w += 0.36
		case strings.ContainsRune("mwMW%@—…", r):
			w += 0.92
		case r >= 'A' && r <= 'Z':
			w += 0.7
		case r > 0x2e80: // scripts with square letters
			w += 1.02
		default:
			w += 0.58
		}
	}
	return w * size
}

// wrap breaks text into lines that fit into width; a word that is longer, such
// as an address, is broken where it must be.
func wrap(s string, size, width float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(strings.ToValidUTF8(s, "\ufffd")) {
		for textWidth(word, size) > width {
			if line != "" {
				lines, line = append(lines, line), ""
			}
			head := ""
			for _, r := range word {
				if head != "" && textWidth(head+string(r), size) > width {
					break
				}
				head += string(r)
			}
			lines, word = append(lines, head), word[len(head):]
		}
		switch {
		case line == "":
			line = word
		case textWidth(line+" "+word, size) <= width:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
