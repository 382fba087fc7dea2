// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Codegen;

/// <summary>Candidates of a node that a plan must not choose.</summary>
internal sealed class Ban(Node node, Standing reason, Func<Candidate, bool> forbids)
{
    public Node Node => node;

    public Standing Reason => reason;

    public bool Forbids(Candidate candidate) => forbids(candidate);
}
