// SPDX-License-Identifier: MIT
using System.Reflection;

[assembly: AssemblyTitle("TinyInfer")]
[assembly: AssemblyCopyright("The TinyInfer contributors, MIT licence")]
[assembly: AssemblyVersion("1.0.0.0")]
