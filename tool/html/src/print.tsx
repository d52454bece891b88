// On paper: everything that the filters leave, without what needs a hand.
import { counted, fixNames, fixOf, shortRule } from "./data";
import { findings, report, shown } from "./state";
import { Name, PlaceText, Sentence, T } from "./text";

export function Printed() {
  return (
    <>
      <h1>
        unsingleton: <T s={report.project} />
      </h1>
      <p>
        {report.date} <T s={report.revision.slice(0, 12)} /> · {counted(shown.value.length, "finding")} of {findings.length} ·{" "}
        {report.units.analysed} of {counted(report.units.total, "unit")} analysed
      </p>
      {report.notes.map((note) => (
        <p>
          <Sentence s={note} />
        </p>
      ))}
      {report.frontiers.length > 0 && (
        <>
          <h2>What blocks most</h2>
          <table>
            <thead>
              <tr>
                <th scope="col">function</th>
                <th scope="col">why</th>
                <th scope="col">blocks</th>
                <th scope="col">alone</th>
              </tr>
            </thead>
            <tbody>
              {report.frontiers.map((frontier) => (
                <tr>
                  <td>
                    <Name name={frontier.function || frontier.code} />
                  </td>
                  <td>{frontier.code}</td>
                  <td>{frontier.blocks.length}</td>
                  <td>{frontier.frees}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <h2>Findings</h2>
      {shown.value.map((index) => {
        const finding = findings[index];
        return (
          <div class="printed-finding">
            <h3>
              <Name name={finding.name} />
            </h3>
            <p>
              <strong>{finding.severity}</strong> · {finding.verdict ?? "no verdict"} · {shortRule(finding.rule)} ·{" "}
              {fixNames[fixOf(finding)]} · <PlaceText place={finding.place} />
            </p>
            <p>
              <Sentence s={finding.message} />
            </p>
            {finding.path.length > 0 && (
              <ol>
                {finding.path.map((step) => (
                  <li>
                    {step.what}: <Name name={step.function} /> <PlaceText place={step} />
                  </li>
                ))}
              </ol>
            )}
            {(finding.migration?.refusals ?? []).map((refusal) => (
              <p>
                refused: <Sentence s={refusal.message} />
              </p>
            ))}
          </div>
        );
      })}
    </>
  );
}
