// Compiles the regular expressions that come in as lines of JSON, {"expression": …, "texts": […]}, and answers each with a line:
// {"refused": …} or {"matches": […]}, whether it matches the whole of each text. Istio's validation compiles with the same package.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"regexp"
)

type question struct {
	Expression string   `json:"expression"`
	Texts      []string `json:"texts"`
}

type answer struct {
	Refused string `json:"refused,omitempty"`
	Matches []bool `json:"matches,omitempty"`
}

func ask(q question) answer {
	expression, err := regexp.Compile(q.Expression)
	if err != nil {
		return answer{Refused: err.Error()}
	}
	// The longest of the leftmost matches is the whole text where any match is. A group with anchors around it would do as well,
	// but for a \Q that is never closed.
	expression.Longest()
	matches := []bool{}
	for _, text := range q.Texts {
		found := expression.FindStringIndex(text)
		matches = append(matches, found != nil && found[0] == 0 && found[1] == len(text))
	}
	return answer{Matches: matches}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<24)
	out := bufio.NewWriter(os.Stdout)
	answers := json.NewEncoder(out)
	for lines.Scan() {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			log.Fatal(err)
		}
		if err := answers.Encode(ask(q)); err != nil {
			log.Fatal(err)
		}
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}
