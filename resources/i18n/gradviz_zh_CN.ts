<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActivationPlot</name>
    <message>
        <source>Activation functions and their derivatives</source>
        <translation>激活函数及其导数</translation>
    </message>
    <message>
        <source>f, f′ and f″ of x</source>
        <translation>x 的 f、f′、f″</translation>
    </message>
    <message>
        <source>… {0} more</source>
        <translation>…… 另有 {0} 个</translation>
    </message>
</context>
<context>
    <name>ActivationsTab</name>
    <message>
        <source>What the session says of this tab can&apos;t be read.</source>
        <translation>会话中关于本页的内容无法读取。</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Activations&lt;/h3&gt;&lt;p&gt;A neuron passes the weighted sum of its inputs through an activation function. Solid lines are functions, dashed ones their derivatives f′, by which back-propagation multiplies.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Click into the plot&lt;/b&gt;, or drag the line, to read every function there; the straight line is the tangent, its slope is f′. Drag to pan, turn the wheel to zoom. Shaded is where f′ nearly vanishes.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Depth&lt;/b&gt; below is a real network of that many layers: move &lt;i&gt;layers&lt;/i&gt; and &lt;i&gt;scale&lt;/i&gt;, and see the gradient vanish or explode on its way back.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;激活函数&lt;/h3&gt;&lt;p&gt;神经元把输入的加权和送入激活函数。实线是函数，虚线是其导数 f′，反向传播时梯度就要乘以它。&lt;/p&gt;&lt;p&gt;&lt;b&gt;在图上单击&lt;/b&gt;或拖动竖线，即可读出每个函数在该处的值；直线是切线，其斜率就是 f′。拖动可平移，滚轮可缩放。阴影处 f′ 几乎为零。&lt;/p&gt;&lt;p&gt;下方的&lt;b&gt;深度&lt;/b&gt;是一个真实的多层网络：移动&lt;i&gt;层数&lt;/i&gt;和&lt;i&gt;倍数&lt;/i&gt;，看梯度在反向传播途中消失或爆炸。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Nothing is copied: torch is not there</source>
        <translation>未复制：torch 尚未加载</translation>
    </message>
    <message>
        <source>Copied: a script that prints the numbers at the cursor</source>
        <translation>已复制：一段打印光标处数值的脚本</translation>
    </message>
    <message>
        <source>Functions</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Distribution by layer</source>
        <translation>各层的分布</translation>
    </message>
    <message>
        <source>Gradient by layer</source>
        <translation>各层的梯度</translation>
    </message>
    <message>
        <source>Nothing to export: no function is drawn</source>
        <translation>没有可导出的内容：未绘制任何函数</translation>
    </message>
    <message>
        <source>f = {0}, slope of the tangent f′ = {1}</source>
        <translation>f = {0}，切线斜率 f′ = {1}</translation>
    </message>
    <message>
        <source>{0} at x = {1} and in sight</source>
        <translation>{0}，x = {1} 处及可见范围</translation>
    </message>
</context>
<context>
    <name>BarsPlot</name>
    <message>
        <source>class</source>
        <translation>类别</translation>
    </message>
</context>
<context>
    <name>BenchPage</name>
    <message>
        <source>What is shown</source>
        <translation>演示内容</translation>
    </message>
    <message>
        <source>Own switches</source>
        <translation>自选开关</translation>
    </message>
    <message>
        <source>The lines and what they give</source>
        <translation>代码行及其结果</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>from the start</source>
        <translation>从一开始</translation>
    </message>
    <message>
        <source>after the graph</source>
        <translation>建图之后</translation>
    </message>
    <message>
        <source>build the graph again</source>
        <translation>重新建图</translation>
    </message>
    <message>
        <source>a second time</source>
        <translation>再来一次</translation>
    </message>
    <message>
        <source>with a new graph</source>
        <translation>用新的计算图</translation>
    </message>
    <message>
        <source>empty .grad between</source>
        <translation>中间清空 .grad</translation>
    </message>
    <message>
        <source>The gradient by</source>
        <translation>求梯度的方式</translation>
    </message>
    <message>
        <source>Turn the switches, and see what each line gives.</source>
        <translation>拨动开关，看每一行给出什么。</translation>
    </message>
    <message>
        <source>Its lines are its own: there are no switches.</source>
        <translation>它有自己的代码行：没有开关。</translation>
    </message>
</context>
<context>
    <name>CellPanel</name>
    <message>
        <source>The line of torch that gives this row</source>
        <translation>给出这一行的 torch 代码</translation>
    </message>
    <message>
        <source>Derivation</source>
        <translation>推导</translation>
    </message>
    <message>
        <source>Both in one</source>
        <translation>合并为一式</translation>
    </message>
    <message>
        <source>How the largest is enlarged</source>
        <translation>最大值如何被放大</translation>
    </message>
    <message>
        <source>i = j: positive, but so small that it is rounded to 0: this logit moves nothing.</source>
        <translation>i = j：为正，但小到舍入为 0：这个 logit 改变不了任何东西。</translation>
    </message>
    <message>
        <source>i ≠ j: negative, but so small that it is rounded to 0: this logit moves nothing.</source>
        <translation>i ≠ j：为负，但小到舍入为 0：这个 logit 改变不了任何东西。</translation>
    </message>
    <message>
        <source>i = j: positive. A larger logit makes its own probability larger.</source>
        <translation>i = j：为正。logit 越大，它自己的概率越大。</translation>
    </message>
    <message>
        <source>i ≠ j: negative. A larger logit takes from the probability of every other class.</source>
        <translation>i ≠ j：为负。某个 logit 变大会夺走其他每一类的概率。</translation>
    </message>
</context>
<context>
    <name>ChainRule</name>
    <message>
        <source>Nothing is computed yet: → takes the first stage</source>
        <translation>尚未计算：按 → 走第一步</translation>
    </message>
    <message>
        <source>All values and gradients</source>
        <translation>所有的值和梯度</translation>
    </message>
    <message>
        <source>All values; the gradients come back</source>
        <translation>所有的值；接下来梯度反向传回</translation>
    </message>
    <message>
        <source>Only the inputs have a value. Forward computes all others, one after the other.</source>
        <translation>只有输入有值。“前向”会依次计算其余的值。</translation>
    </message>
    <message>
        <source>Nothing is computed yet</source>
        <translation>尚未计算</translation>
    </message>
    <message>
        <source>Forward: {0}</source>
        <translation>前向：{0}</translation>
    </message>
    <message>
        <source>With the value, the local derivatives of the edges into it are known too.</source>
        <translation>有了这个值，进入它的各边的局部导数也就知道了。</translation>
    </message>
    <message>
        <source>Backward: {0}</source>
        <translation>反向：{0}</translation>
    </message>
    <message>
        <source>Input {0}</source>
        <translation>输入 {0}</translation>
    </message>
    <message>
        <source>Node {0}</source>
        <translation>节点 {0}</translation>
    </message>
    <message>
        <source>Edge {0} → {1}</source>
        <translation>边 {0} → {1}</translation>
    </message>
    <message>
        <source>Only a condition looks at it: no gradient passes here.</source>
        <translation>只有条件用到它：没有梯度从这里经过。</translation>
    </message>
    <message>
        <source>This branch is not taken: nothing passes here.</source>
        <translation>这个分支没有被选中：没有梯度从这里经过。</translation>
    </message>
    <message>
        <source>The local derivative of the edge.</source>
        <translation>这条边的局部导数。</translation>
    </message>
    <message>
        <source>Incoming × local: what comes back from {0}, times the edge&apos;s own derivative.</source>
        <translation>传入 × 局部：从 {0} 传回的梯度，乘以这条边自己的导数。</translation>
    </message>
    <message>
        <source>No path leads from here to the output: its gradient is 0.</source>
        <translation>从这里没有路径通到输出：梯度为 0。</translation>
    </message>
    <message>
        <source>The output changes as itself does: here every path begins, with 1.</source>
        <translation>输出随自身变化：每条路径都从这里的 1 开始。</translation>
    </message>
    <message>
        <source>Incoming × local: what comes back, times the derivative of the edge.</source>
        <translation>传入 × 局部：传回的梯度，乘以这条边的导数。</translation>
    </message>
    <message>
        <source>{0} paths meet here: incoming × local of each edge, added.</source>
        <translation>{0} 条路径在此汇合：各边的“传入 × 局部”相加。</translation>
    </message>
</context>
<context>
    <name>ChainRuleTab</name>
    <message>
        <source>What the session says of this tab can&apos;t be read.</source>
        <translation>会话中关于本页的内容无法读取。</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Chain rule&lt;/h3&gt;&lt;p&gt;Every line is an assignment; together they are a graph. Each node has its value (forward) and its gradient (backward), each edge its &lt;b&gt;local derivative&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Forward&lt;/b&gt; and &lt;b&gt;Backward&lt;/b&gt; go through it, at once or stage by stage: back through an edge the gradient is multiplied by the local derivative, and where paths meet, what they bring is added.&lt;/p&gt;&lt;p&gt;Choose an &lt;b&gt;output&lt;/b&gt; and an &lt;b&gt;input&lt;/b&gt;: all paths between them are lit, with the product along each, their sum, and autograd&apos;s number beside it. Click a node or an edge to read what it computes.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;链式法则&lt;/h3&gt;&lt;p&gt;每一行是一个赋值，合在一起就是一张图。每个节点有它的值（前向）和梯度（反向），每条边有它的&lt;b&gt;局部导数&lt;/b&gt;。&lt;/p&gt;&lt;p&gt;&lt;b&gt;前向&lt;/b&gt;与&lt;b&gt;反向&lt;/b&gt;可以一次走完，也可以逐步走：梯度反向经过一条边时乘以局部导数，路径汇合处把各自带来的相加。&lt;/p&gt;&lt;p&gt;选择一个&lt;b&gt;输出&lt;/b&gt;和一个&lt;b&gt;输入&lt;/b&gt;：两者之间的所有路径会亮起，并给出沿每条路径的乘积、它们的和，以及旁边自动求导的数。单击节点或边可以读到它计算了什么。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>There is no graph to copy</source>
        <translation>没有可复制的图</translation>
    </message>
    <message>
        <source>Copied: a script that prints these numbers</source>
        <translation>已复制：打印这些数的脚本</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>计算图</translation>
    </message>
</context>
<context>
    <name>Check</name>
    <message>
        <source>a jump: f is {0} on the left and {1} on the right; torch takes the slope {2}</source>
        <translation>跳跃点：f 左侧为 {0}，右侧为 {1}；torch 取斜率 {2}</translation>
    </message>
    <message>
        <source>f has no value here</source>
        <translation>f 在此处没有值</translation>
    </message>
    <message>
        <source>f′ has no value here</source>
        <translation>f′ 在此处无定义</translation>
    </message>
    <message>
        <source>f or its slope is infinite here</source>
        <translation>f 或其斜率在此处为无穷大</translation>
    </message>
    <message>
        <source>within the step of the difference quotient f bends too much for it</source>
        <translation>在差商的步长之内 f 弯曲过大</translation>
    </message>
    <message>
        <source>a kink: from the left {0}, from the right {1}; torch takes {2}</source>
        <translation>折点：左导数 {0}，右导数 {1}；torch 取 {2}</translation>
    </message>
    <message>
        <source>f′ has a kink: f″ is {0} from the left, {1} from the right; torch takes {2}</source>
        <translation>f′ 有折点：f″ 左侧为 {0}，右侧为 {1}；torch 取 {2}</translation>
    </message>
    <message>
        <source>the difference quotient reaches over the kink at {0}</source>
        <translation>差商跨过了 {0} 处的折点</translation>
    </message>
    <message>
        <source>torch&apos;s own second derivative is no number here</source>
        <translation>torch 自己的二阶导数在这里不是数</translation>
    </message>
    <message>
        <source>torch holds a constant of this function in float32, so that its derivative has eight digits</source>
        <translation>torch 以 float32 存放该函数的一个常数，其导数只有八位有效数字</translation>
    </message>
    <message>
        <source>every residual is 0: the norm has a kink there; torch takes {0} and {1}</source>
        <translation>所有残差都是 0：范数在那里有一个尖点；torch 取 {0} 和 {1}</translation>
    </message>
    <message>
        <source>all residuals are almost 0: so near to its kink the norm bends too soon for a difference quotient</source>
        <translation>所有残差几乎为 0：离尖点太近，范数弯曲得太快，差商无法判断</translation>
    </message>
    <message>
        <source>a rounding of logits this large, divided by this T, moves every p</source>
        <translation>logits 如此之大，除以这个 T 之后，一次舍入就会改变每个 p</translation>
    </message>
    <message>
        <source>{0} has no value here</source>
        <translation>{0} 在此处没有值</translation>
    </message>
    <message>
        <source>{0} is infinite here</source>
        <translation>{0} 在此处为无穷大</translation>
    </message>
    <message>
        <source>the local derivative ∂{0}/∂{1} has no value here</source>
        <translation>局部导数 ∂{0}/∂{1} 在此处没有值</translation>
    </message>
    <message>
        <source>the local derivative ∂{0}/∂{1} is infinite here</source>
        <translation>局部导数 ∂{0}/∂{1} 在此处为无穷大</translation>
    </message>
    <message>
        <source>a product of local derivatives is too large for float64</source>
        <translation>局部导数的乘积超出 float64 的范围</translation>
    </message>
    <message>
        <source>torch meets a number that is not finite on its way, our formula does not</source>
        <translation>torch 在计算途中遇到非有限的数，而本程序的公式没有</translation>
    </message>
    <message>
        <source>a kink: both arguments of {0} are equal here; torch halves the gradient between them</source>
        <translation>折点：{0} 的两个参数在此处相等；torch 把梯度平分给两者</translation>
    </message>
    <message>
        <source>a kink: the argument of {0} is 0 here</source>
        <translation>折点：{0} 的参数在此处为 0</translation>
    </message>
    <message>
        <source>a jump: {0} changes its value here</source>
        <translation>跳跃点：{0} 的值在此处突变</translation>
    </message>
    <message>
        <source>a condition changes over here</source>
        <translation>条件在此处切换</translation>
    </message>
    <message>
        <source>the difference quotient reaches over a kink or a jump of {0}</source>
        <translation>差商跨过了 {0} 的折点或跳跃点</translation>
    </message>
    <message>
        <source>no number is larger than the {0} that rounding may make</source>
        <translation>没有一个数大于舍入可能造成的 {0}</translation>
    </message>
</context>
<context>
    <name>CheckModel</name>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>ours</source>
        <translation>我们的</translation>
    </message>
    <message>
        <source>differ.</source>
        <translation>差值</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Gradient check of every weight</source>
        <translation>每个权重的梯度检验</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>✓ float64: all {0} gradients agree with loss.backward() to the last digit</source>
        <translation>✓ float64：全部 {0} 个梯度与 loss.backward() 完全一致</translation>
    </message>
    <message>
        <source>✓ float64: all {0} gradients agree with loss.backward(); the largest difference is {1}: {2}</source>
        <translation>✓ float64：全部 {0} 个梯度与 loss.backward() 一致；最大差值 {1}：{2}</translation>
    </message>
    <message>
        <source>✗ float64: a gradient is not finite, so nothing can be compared: {0}</source>
        <translation>✗ float64：有一个梯度不是有限数，无法比较：{0}</translation>
    </message>
    <message>
        <source>✗ float64: {0} differs by {1}, more than the {2} that rounding explains</source>
        <translation>✗ float64：{0} 相差 {1}，超过舍入所能解释的 {2}</translation>
    </message>
    <message>
        <source>Checking {0} gradients…</source>
        <translation>正在检验 {0} 个梯度……</translation>
    </message>
</context>
<context>
    <name>CheckTable</name>
    <message>
        <source>Gradient check</source>
        <translation>梯度检验</translation>
    </message>
    <message>
        <source>✓ {0}, {1}: the four agree within {2}</source>
        <translation>✓ {0}，{1}：四者一致，相差不超过 {2}</translation>
    </message>
    <message>
        <source>△ {0}, {1}: nothing is judged here</source>
        <translation>△ {0}，{1}：此处无法作出判断</translation>
    </message>
    <message>
        <source>closed form</source>
        <translation>解析式</translation>
    </message>
    <message>
        <source>autograd</source>
        <translation>自动求导</translation>
    </message>
    <message>
        <source>finite diff.</source>
        <translation>有限差分</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>最大差值</translation>
    </message>
    <message>
        <source>✓ {0}, {1}: the three agree within {2}</source>
        <translation>✓ {0}，{1}：三者相差不超过 {2}</translation>
    </message>
    <message>
        <source>△ {0}, {1}: they part by {2}, and must</source>
        <translation>△ {0}，{1}：三者相差 {2}，且理应如此</translation>
    </message>
    <message>
        <source>✗ {0}, {1}: no number to compare</source>
        <translation>✗ {0}，{1}：没有可比较的数</translation>
    </message>
    <message>
        <source>✗ {0}, {1}: not finite here; the numbers overflow</source>
        <translation>✗ {0}，{1}：此处数值溢出，不是有限值</translation>
    </message>
    <message>
        <source>✗ {0}, {1}: {2} differs by {3}, more than the {4} that rounding explains</source>
        <translation>✗ {0}，{1}：{2} 相差 {3}，超出舍入误差所能解释的 {4}</translation>
    </message>
</context>
<context>
    <name>ContourMap</name>
    <message>
        <source>Contour map of the function; a click starts a descent there</source>
        <translation>函数的等高线图；单击某处即从该处开始下降</translation>
    </message>
    <message>
        <source>The start: drag it, or click anywhere</source>
        <translation>起点：可以拖动，也可以单击任意位置</translation>
    </message>
    <message>
        <source>click anywhere to start</source>
        <translation>单击任意位置，从那里开始下降</translation>
    </message>
    <message>
        <source>f is not finite in the grey region</source>
        <translation>灰色区域内 f 不是有限值</translation>
    </message>
</context>
<context>
    <name>CurveOptions</name>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>saturated where |f′| &lt;</source>
        <translation>饱和区：|f′| &lt;</translation>
    </message>
    <message>
        <source>Shades where the derivative nearly vanishes; the line in the plot can be moved</source>
        <translation>给导数几乎为零的区域加阴影；图中的横线可以拖动</translation>
    </message>
    <message>
        <source>Threshold of saturation</source>
        <translation>饱和阈值</translation>
    </message>
    <message>
        <source>What is drawn of the functions can&apos;t be read: {0}</source>
        <translation>无法读取所绘曲线的设置：{0}</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>under the lowest value of the box: not drawn</source>
        <translation>低于框内最小值的部分未画出</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>evaluations of f</source>
        <translation>f 的求值次数</translation>
    </message>
    <message>
        <source>computing time (s)</source>
        <translation>计算时间（秒）</translation>
    </message>
    <message>
        <source>points seen</source>
        <translation>已看过的点数</translation>
    </message>
</context>
<context>
    <name>DataForm</name>
    <message>
        <source>the one sample</source>
        <translation>图中的这一个样本</translation>
    </message>
    <message>
        <source>a table (CSV)</source>
        <translation>表格 (CSV)</translation>
    </message>
    <message>
        <source>mean 0, deviation 1</source>
        <translation>均值 0，标准差 1</translation>
    </message>
    <message>
        <source>Open CSV…</source>
        <translation>打开 CSV…</translation>
    </message>
    <message>
        <source>How many columns at the right are targets; those before them are inputs</source>
        <translation>右边有几列是目标；它们之前的列是输入</translation>
    </message>
    <message>
        <source>A table of numbers: a row a sample, inputs first, then targets or one class</source>
        <translation>数值表格：每行一个样本，先是输入，然后是目标或一个类别</translation>
    </message>
    <message>
        <source>Samples that are not trained on; the loss over them tells whether it learns by heart</source>
        <translation>不参与训练的样本；它们的损失说明网络是否只是死记硬背（过拟合）</translation>
    </message>
    <message>
        <source>Moves and scales every input column, so that one learning rate suits them all</source>
        <translation>平移并缩放每个输入列，使同一个学习率适合所有列</translation>
    </message>
    <message>
        <source>train on</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>Which samples it is trained on</source>
        <translation>用哪些样本训练</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>target columns</source>
        <translation>目标列数</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>样本数</translation>
    </message>
    <message>
        <source>How many samples are made</source>
        <translation>生成多少个样本</translation>
    </message>
    <message>
        <source>noise σ</source>
        <translation>噪声 σ</translation>
    </message>
    <message>
        <source>Deviation by which the samples are scattered</source>
        <translation>样本散布的标准差</translation>
    </message>
    <message>
        <source>test share</source>
        <translation>测试比例</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Of the samples, and of which are for the test</source>
        <translation>决定样本以及哪些用于测试</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>各列</translation>
    </message>
    <message>
        <source>no file is opened yet</source>
        <translation>尚未打开文件</translation>
    </message>
    <message>
        <source>The sample on the drawing, again and again.</source>
        <translation>图中的样本，反复使用。</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt);;All files (*)</source>
        <translation>表格 (*.csv *.tsv *.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a table</source>
        <translation>打开表格</translation>
    </message>
</context>
<context>
    <name>DecisionPlot</name>
    <message>
        <source>Decision surface over the two inputs, with the samples</source>
        <translation>两个输入平面上的决策面，以及样本</translation>
    </message>
    <message>
        <source>Click a sample to see it in the drawing; the ring marks the one that is there</source>
        <translation>单击一个样本，图中就显示它；圆环标出当前显示的样本</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>非数值</translation>
    </message>
    <message>
        <source>class {0}</source>
        <translation>第 {0} 类</translation>
    </message>
</context>
<context>
    <name>DepthControls</name>
    <message>
        <source>Other weights</source>
        <translation>换一组权重</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>激活值</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>dead, saturated</source>
        <translation>死亡与饱和</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Weight scale</source>
        <translation>权重倍数</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Seed of the weights</source>
        <translation>权重的随机种子</translation>
    </message>
    <message>
        <source>Initialisation of the weights</source>
        <translation>权重初始化</translation>
    </message>
    <message>
        <source>What is shown of every layer</source>
        <translation>每层显示什么</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>× scale</source>
        <translation>× 倍数</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>show</source>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>DepthPanel</name>
    <message>
        <source>The network of the session can&apos;t be read: {0}</source>
        <translation>无法读取会话中的网络：{0}</translation>
    </message>
    <message>
        <source>Up to layer {0} it is exactly 0: layer {1} lets nothing through.</source>
        <translation>直到第 {0} 层梯度恰为 0：第 {1} 层不让任何梯度通过。</translation>
    </message>
    <message>
        <source>Up to layer {0} it is 0: smaller than {1} can hold.</source>
        <translation>直到第 {0} 层梯度为 0：小于 {1} 所能表示的数。</translation>
    </message>
    <message>
        <source>saturated</source>
        <translation>饱和</translation>
    </message>
    <message>
        <source>dead units</source>
        <translation>死亡单元</translation>
    </message>
    <message>
        <source>share (%)</source>
        <translation>比例 (%)</translation>
    </message>
    <message>
        <source>∂/∂a (rms)</source>
        <translation>∂/∂a（均方根）</translation>
    </message>
    <message>
        <source>The numbers overflow at layer {0}: signal or gradient explode (梯度爆炸).</source>
        <translation>数值在第 {0} 层溢出：信号或梯度爆炸。</translation>
    </message>
    <message>
        <source>The gradient vanishes (梯度弥散): × {0} a layer, × {1} in all.</source>
        <translation>梯度弥散：每层 × {0}，总共 × {1}。</translation>
    </message>
    <message>
        <source>The gradient explodes (梯度爆炸): × {0} a layer, × {1} in all.</source>
        <translation>梯度爆炸：每层 × {0}，总共 × {1}。</translation>
    </message>
    <message>
        <source>The gradient keeps its size: × {0} a layer, × {1} in all.</source>
        <translation>梯度大小保持不变：每层 × {0}，总共 × {1}。</translation>
    </message>
    <message>
        <source>Chain of single units from x = 1: ∏ w·f′ = {0}; autograd: {1}.</source>
        <translation>从 x = 1 出发的单个神经元链：∏ w·f′ = {0}；autograd：{1}。</translation>
    </message>
    <message>
        <source>Layer {0}: 90 % of a between {1} and {2}; ∂/∂a {3} (rms), ‖∂/∂W‖ {4}; {5} % saturated, {6} % dead; chain: w·f′ = {7}, product {8}.</source>
        <translation>第 {0} 层：90 % 的 a 在 {1} 与 {2} 之间；∂/∂a {3}（均方根），‖∂/∂W‖ {4}；{5} % 饱和，{6} % 死亡；链：w·f′ = {7}，乘积 {8}。</translation>
    </message>
</context>
<context>
    <name>DescentPage</name>
    <message>
        <source>all points</source>
        <translation>全部点</translation>
    </message>
    <message>
        <source>a mini-batch</source>
        <translation>一个小批量</translation>
    </message>
    <message>
        <source>one point</source>
        <translation>一个点</translation>
    </message>
    <message>
        <source>Show the gradients of the batches</source>
        <translation>显示各批的梯度</translation>
    </message>
    <message>
        <source>An arrow for each mini-batch of an epoch: so widely they scatter around −∇L</source>
        <translation>一轮中每个小批量一支箭头：它们围绕 −∇L 散开的程度</translation>
    </message>
    <message>
        <source>each step sees</source>
        <translation>每步所见</translation>
    </message>
    <message>
        <source>batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>seed of the order</source>
        <translation>次序的种子</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Can be changed while it runs: the next step takes it</source>
        <translation>运行中可以更改：从下一步起生效</translation>
    </message>
    <message>
        <source>Can&apos;t be changed while it runs: it stops, and Run begins again at the same start</source>
        <translation>运行中不能更改：更改后会停下，“运行”将从同一起点重新开始</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批</translation>
    </message>
    <message>
        <source>Every step sees all {0} points: an epoch is a step.</source>
        <translation>每一步都看到全部 {0} 个点：一轮就是一步。</translation>
    </message>
    <message>
        <source>An epoch has {0} steps; then the {1} points are shuffled anew.</source>
        <translation>一轮有 {0} 步，然后 {1} 个点重新打乱。</translation>
    </message>
</context>
<context>
    <name>DescentTab</name>
    <message>
        <source>What the session says of this tab can&apos;t be read.</source>
        <translation>会话中关于本页的内容无法读取。</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Descent&lt;/h3&gt;&lt;p&gt;The picture is a map of a function of two variables: bright is high, dark is low, and every line joins points of one height. The gradient ∇f points uphill, at a right angle to the lines; an optimizer of torch.optim walks against it.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Click anywhere&lt;/b&gt; to start there. Drag to pan, turn the wheel to zoom. Everything that is drawn was computed by torch on the chosen device.&lt;/p&gt;&lt;p&gt;At the right are the loss and the norm of the gradient for every step; click on a curve, or drag the timeline, to look at an earlier one.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;梯度下降&lt;/h3&gt;&lt;p&gt;图中是一个二元函数的等高线图：亮处高，暗处低，每条线连接高度相同的点。梯度 ∇f 指向上坡方向，与等高线垂直；torch.optim 的优化器沿着与它相反的方向前进。&lt;/p&gt;&lt;p&gt;&lt;b&gt;单击任意位置&lt;/b&gt;，就从那里开始下降。拖动可平移，滚轮可缩放。图中的一切都由 torch 在所选设备上算出。&lt;/p&gt;&lt;p&gt;右侧是每一步的损失和梯度的范数；单击曲线或拖动时间轴，可以回看较早的一步。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Not taken from the session: {0}</source>
        <translation>会话中有未被接受的值：{0}</translation>
    </message>
    <message>
        <source>at the start ({0}, {1})</source>
        <translation>起点 ({0}, {1})</translation>
    </message>
</context>
<context>
    <name>DrawingPanel</name>
    <message>
        <source>Drawn: the last good lines</source>
        <translation>图中仍是上一次正确的各行</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>The whole graph (0)</source>
        <translation>显示整张图 (0)</translation>
    </message>
</context>
<context>
    <name>Ending</name>
    <message>
        <source>Converged to {0}: ‖∇f‖ has stayed under the tolerance since step {1} of {2}.</source>
        <translation>收敛到{0}：共 {2} 步，从第 {1} 步起 ‖∇f‖ 一直低于容差。</translation>
    </message>
    <message>
        <source>Step limit: all {0} steps are done. {1}</source>
        <translation>已达步数上限：{0} 步全部走完。{1}</translation>
    </message>
    <message>
        <source>Cancelled at step {0}; what was recorded stays.</source>
        <translation>已在第 {0} 步取消；已记录的内容保留。</translation>
    </message>
    <message>
        <source>→ minimum</source>
        <translation>→ 极小值</translation>
    </message>
    <message>
        <source>→ maximum</source>
        <translation>→ 极大值</translation>
    </message>
    <message>
        <source>→ saddle</source>
        <translation>→ 鞍点</translation>
    </message>
    <message>
        <source>→ flat</source>
        <translation>→ 平坦处</translation>
    </message>
    <message>
        <source>converged</source>
        <translation>收敛</translation>
    </message>
    <message>
        <source>step limit</source>
        <translation>步数上限</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>发散</translation>
    </message>
    <message>
        <source>First under the tolerance: {0} at step {1}, at {2}.</source>
        <translation>最先低于容差：{0}，第 {1} 步，{2}。</translation>
    </message>
    <message>
        <source>Converged: {0}.</source>
        <translation>收敛：{0}。</translation>
    </message>
    <message>
        <source>At the step limit: {0}.</source>
        <translation>到达步数上限：{0}。</translation>
    </message>
    <message>
        <source>Diverged: {0}.</source>
        <translation>发散：{0}。</translation>
    </message>
    <message>
        <source>Cancelled: {0}.</source>
        <translation>已取消：{0}。</translation>
    </message>
    <message>
        <source>the minimum {0} at {1}</source>
        <translation>极小值点 {0} {1}</translation>
    </message>
    <message>
        <source>a minimum at {0}</source>
        <translation>极小值点 {0}</translation>
    </message>
    <message>
        <source>a maximum at {0}, where the gradient vanishes as well</source>
        <translation>极大值点 {0}（梯度在那里也为零）</translation>
    </message>
    <message>
        <source>a saddle point at {0}, where the gradient vanishes as well</source>
        <translation>鞍点 {0}（梯度在那里也为零）</translation>
    </message>
    <message>
        <source>a flat place at {0}</source>
        <translation>平坦处 {0}</translation>
    </message>
    <message>
        <source>No start: {0} is {1} there. Choose a start at which f and its gradient are finite.</source>
        <translation>无法出发：起点处 {0} 为 {1}。请选择一个 f 及其梯度都有限的起点。</translation>
    </message>
    <message>
        <source>Diverged: at step {0} the value {1} became {2}; the last finite point was ({3}, {4}).</source>
        <translation>发散：第 {0} 步 {1} 变为 {2}；最后一个有限的点是 ({3}, {4})。</translation>
    </message>
    <message>
        <source>None of the smaller learning rates tried went down either.</source>
        <translation>试过的更小的学习率也都没能下降。</translation>
    </message>
    <message>
        <source>With lr {0} the same start goes down: it was tried.</source>
        <translation>已经试过：学习率 lr 取 {0} 时，从同一起点可以下降。</translation>
    </message>
    <message>
        <source>‖∇f‖ is still {0}; the point is {1} away from {2}.</source>
        <translation>‖∇f‖ 仍为 {0}；该点距 {2} 还有 {1}。</translation>
    </message>
    <message>
        <source>‖∇f‖ is still {0}.</source>
        <translation>‖∇f‖ 仍为 {0}。</translation>
    </message>
    <message>
        <source>{0} optimizers</source>
        <translation>{0} 个优化器</translation>
    </message>
</context>
<context>
    <name>ErrorBanner</name>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭这条消息</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>错误的详细信息</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>{0} is no picture; what is known is {1}</source>
        <translation>{0} 不是图片格式；支持的有 {1}</translation>
    </message>
    <message>
        <source>There is nothing to show: the picture is folded away</source>
        <translation>没有可显示的内容：图已折叠</translation>
    </message>
    <message>
        <source>The 3-D view has drawn nothing yet</source>
        <translation>三维视图还没有画出任何内容</translation>
    </message>
    <message>
        <source>the picture can&apos;t be written as PNG</source>
        <translation>无法写成 PNG 图片</translation>
    </message>
    <message>
        <source>the file can&apos;t be opened for writing</source>
        <translation>无法打开文件写入</translation>
    </message>
    <message>
        <source>{0} is there already. Replace it?</source>
        <translation>{0} 已存在，要替换吗？</translation>
    </message>
</context>
<context>
    <name>FactorModel</name>
    <message>
        <source>factor</source>
        <translation>因子</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>where it stands</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>slope f′ of {0}</source>
        <translation>{0} 的斜率 f′</translation>
    </message>
    <message>
        <source>∂E/∂O at {0}</source>
        <translation>{0} 处的 ∂E/∂O</translation>
    </message>
    <message>
        <source>δ of {0}</source>
        <translation>{0} 的 δ</translation>
    </message>
    <message>
        <source>output of {0}</source>
        <translation>{0} 的输出</translation>
    </message>
</context>
<context>
    <name>FactsPanel</name>
    <message>
        <source>Naive and stable form</source>
        <translation>朴素形式与稳定形式</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Jacobian</source>
        <translation>雅可比矩阵</translation>
    </message>
    <message>
        <source>every row sums to 0, J·(1, …, 1) = 0: largest {0}</source>
        <translation>每行之和为 0，J·(1, …, 1) = 0：最大 {0}</translation>
    </message>
    <message>
        <source>symmetric: largest |Jᵢⱼ − Jⱼᵢ| {0}</source>
        <translation>对称：最大 |Jᵢⱼ − Jⱼᵢ| {0}</translation>
    </message>
    <message>
        <source>rank {0}, one less than there are classes</source>
        <translation>秩为 {0}，比类别数少一</translation>
    </message>
    <message>
        <source>rank 0: one class has all, every other p is rounded to 0</source>
        <translation>秩为 0：一个类别占有全部概率，其余每个 p 都舍入为 0</translation>
    </message>
    <message>
        <source>rank {0}, one less than the {1} classes whose p is not rounded to 0</source>
        <translation>秩为 {0}，比 p 未被舍入为 0 的 {1} 个类别少一</translation>
    </message>
    <message>
        <source>naive p{0}</source>
        <translation>朴素 p{0}</translation>
    </message>
    <message>
        <source>stable p{0}</source>
        <translation>稳定 p{0}</translation>
    </message>
    <message>
        <source>{0}: e^(a/T) overflows from a/T = {1} on, and the naive form is ∞/∞.</source>
        <translation>{0}：从 a/T = {1} 起 e^(a/T) 溢出，朴素形式成为 ∞/∞。</translation>
    </message>
    <message>
        <source>{0}: every e^(a/T) is rounded to 0, and the naive form is 0/0.</source>
        <translation>{0}：每个 e^(a/T) 都被舍入为 0，朴素形式成为 0/0。</translation>
    </message>
    <message>
        <source>{0}: both forms agree within {1}.</source>
        <translation>{0}：两种形式之差不超过 {1}。</translation>
    </message>
    <message>
        <source>The sum is 1.</source>
        <translation>和为 1。</translation>
    </message>
    <message>
        <source>The sum is 1, with the roundings {0} off.</source>
        <translation>和为 1，舍入使其偏差 {0}。</translation>
    </message>
    <message>
        <source>Entropy {0} nats, of at most ln {1} = {2}.</source>
        <translation>熵为 {0} 奈特，至多 ln {1} = {2}。</translation>
    </message>
    <message>
        <source>Nothing is uncertain: class {0} has all.</source>
        <translation>没有任何不确定性：类别 {0} 占有全部概率。</translation>
    </message>
    <message>
        <source>As uncertain as {0} equal classes.</source>
        <translation>不确定程度相当于 {0} 个等概率的类别。</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>{0} is no JSON: line {1}, column {2}</source>
        <translation>{0} 不是 JSON：第 {1} 行第 {2} 列</translation>
    </message>
    <message>
        <source>{0} can&apos;t be read: {1}</source>
        <translation>无法读取 {0}：{1}</translation>
    </message>
    <message>
        <source>{0} is not a file of gradviz</source>
        <translation>{0} 不是 gradviz 的文件</translation>
    </message>
    <message>
        <source>{0} was written by a newer gradviz</source>
        <translation>{0} 由更新版本的 gradviz 写成</translation>
    </message>
    <message>
        <source>{0} is not there</source>
        <translation>找不到 {0}</translation>
    </message>
    <message>
        <source>{0} is not a session of gradviz</source>
        <translation>{0} 不是 gradviz 的会话文件</translation>
    </message>
</context>
<context>
    <name>FilmDialog</name>
    <message>
        <source>Export animation</source>
        <translation>导出动画</translation>
    </message>
    <message>
        <source>Frames drawn</source>
        <translation>已绘制的帧</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>保存(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>Wi&amp;dth</source>
        <translation>宽度(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Length</source>
        <translation>时长(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Up to step</source>
        <translation>到第几步(&amp;U)</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Width of the picture in pixels</source>
        <translation>图片宽度（像素）</translation>
    </message>
    <message>
        <source> pixels</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>Length in seconds</source>
        <translation>时长（秒）</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>The last step that is shown</source>
        <translation>显示到的最后一步</translation>
    </message>
    <message>
        <source>A GIF needs Pillow, which is not installed: pip install pillow</source>
        <translation>GIF 需要 Pillow，但尚未安装：pip install pillow</translation>
    </message>
    <message>
        <source>An MP4 needs the program ffmpeg, which is not on the PATH; a GIF does without</source>
        <translation>MP4 需要 ffmpeg 程序，但 PATH 中没有；GIF 则不需要</translation>
    </message>
    <message>
        <source>{0} animation (*{1})</source>
        <translation>{0} 动画 (*{1})</translation>
    </message>
    <message>
        <source>{0} can&apos;t be written: {1}</source>
        <translation>无法写入 {0}：{1}</translation>
    </message>
</context>
<context>
    <name>FormsTable</name>
    <message>
        <source>Forms of the loss</source>
        <translation>损失的几种形式</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Every residual is 0: here the norm has a kink, and no gradient.</source>
        <translation>所有残差都为 0：范数在此处有尖点，没有梯度。</translation>
    </message>
</context>
<context>
    <name>Formula</name>
    <message>
        <source>the formula is too long: {0} characters; at most {1}</source>
        <translation>公式太长：{0} 个字符，最多 {1} 个</translation>
    </message>
    <message>
        <source>the formula is too long; please shorten it</source>
        <translation>公式太长，请缩短</translation>
    </message>
    <message>
        <source>too deeply nested; at most {0} levels</source>
        <translation>嵌套太深，最多 {0} 层</translation>
    </message>
    <message>
        <source>the exponent is too large; at most {0:g}</source>
        <translation>指数太大，最大为 {0:g}</translation>
    </message>
    <message>
        <source>this has no finite value</source>
        <translation>这里没有有限的值</translation>
    </message>
    <message>
        <source>this is {0}, which only looks like «{1}»</source>
        <translation>这是 {0}，只是看起来像“{1}”</translation>
    </message>
    <message>
        <source>{0} can&apos;t stand in a formula</source>
        <translation>公式中不能有 {0}</translation>
    </message>
    <message>
        <source>«{0}» has no meaning in a formula</source>
        <translation>“{0}”在公式中没有意义</translation>
    </message>
    <message>
        <source>«=» is written == where two numbers are compared</source>
        <translation>比较两个数时，“=”要写成 ==</translation>
    </message>
    <message>
        <source>«{0}» is missing at the end</source>
        <translation>末尾缺少“{0}”</translation>
    </message>
    <message>
        <source>something is missing at the end</source>
        <translation>末尾缺少内容</translation>
    </message>
    <message>
        <source>this parenthesis closes nothing</source>
        <translation>这个括号没有对应的左括号</translation>
    </message>
    <message>
        <source>a comma stands only between the arguments of a function</source>
        <translation>逗号只能用在函数的参数之间</translation>
    </message>
    <message>
        <source>a sign such as * is missing before «{0}»</source>
        <translation>“{0}”之前缺少 * 之类的运算符</translation>
    </message>
    <message>
        <source>«{0}» can&apos;t stand here</source>
        <translation>“{0}”不能放在这里</translation>
    </message>
    <message>
        <source>a number, a name or a parenthesis is missing here</source>
        <translation>这里缺少数、名称或括号</translation>
    </message>
    <message>
        <source>ambiguous: write * or parentheses between «{0}» and «{1}»</source>
        <translation>有歧义：请在“{0}”和“{1}”之间写 * 或加括号</translation>
    </message>
    <message>
        <source>«{0}» wants a number before it, not a condition</source>
        <translation>“{0}”前面要的是数，不是条件</translation>
    </message>
    <message>
        <source>a condition stands only at the beginning of where(condition, a, b)</source>
        <translation>条件只能作为 where(条件, a, b) 的第一个参数</translation>
    </message>
    <message>
        <source>a condition such as x &lt; 0 is wanted here</source>
        <translation>这里需要 x &lt; 0 之类的条件</translation>
    </message>
    <message>
        <source>«{0}» wants its argument in parentheses</source>
        <translation>“{0}”的参数要写在括号里</translation>
    </message>
    <message>
        <source>«{0}» is not known here; there are {1}</source>
        <translation>这里没有“{0}”；可用的有 {1}</translation>
    </message>
    <message>
        <source>«{0}» is no function: write {0}*( to multiply</source>
        <translation>“{0}”不是函数：相乘请写 {0}*(</translation>
    </message>
    <message>
        <source>there is no function «{0}»</source>
        <translation>没有函数“{0}”</translation>
    </message>
    <message>
        <source>«{0}» takes {1} values in its parentheses, not {2}</source>
        <translation>“{0}”的括号里要 {1} 个值，而不是 {2} 个</translation>
    </message>
    <message>
        <source>an own function needs a name and a formula</source>
        <translation>自定义函数需要名称和公式</translation>
    </message>
    <message>
        <source>the box of «{0}» is not four numbers</source>
        <translation>“{0}”的范围不是四个数</translation>
    </message>
    <message>
        <source>the name is empty</source>
        <translation>名称为空</translation>
    </message>
    <message>
        <source>the name must be one line of at most {0} characters</source>
        <translation>名称必须为一行，最多 {0} 个字符</translation>
    </message>
    <message>
        <source>another function has this name</source>
        <translation>已有另一个函数叫这个名称</translation>
    </message>
    <message>
        <source>{0} must lie between {1:g} and {2:g}</source>
        <translation>{0} 必须在 {1:g} 与 {2:g} 之间</translation>
    </message>
    <message>
        <source>{0} must go from a smaller to a larger number</source>
        <translation>{0} 必须从较小的数到较大的数</translation>
    </message>
    <message>
        <source>f has no finite value in this box</source>
        <translation>f 在此范围内没有有限的值</translation>
    </message>
    <message>
        <source>f has no finite value between −10 and 10</source>
        <translation>f 在 −10 到 10 之间没有有限值</translation>
    </message>
    <message>
        <source>there is no activation {0}</source>
        <translation>没有名为 {0} 的激活函数</translation>
    </message>
    <message>
        <source>{0} has no parameter {1}</source>
        <translation>{0} 没有参数 {1}</translation>
    </message>
    <message>
        <source>{0} = {1} lies outside {2} to {3}</source>
        <translation>{0} = {1} 超出 {2} 至 {3} 的范围</translation>
    </message>
    <message>
        <source>{0}: {1} is greater than {2}</source>
        <translation>{0}：{1} 大于 {2}</translation>
    </message>
    <message>
        <source>a line begins with a name and «=»</source>
        <translation>每行以名字和「=」开头</translation>
    </message>
    <message>
        <source>a line such as y = x*w + b is wanted</source>
        <translation>这里需要一行，例如 y = x*w + b</translation>
    </message>
    <message>
        <source>these lines only give values; a line that computes with them is wanted, such as y = x*w + b</source>
        <translation>这些行只给出了值；还需要一行用它们来计算，例如 y = x*w + b</translation>
    </message>
    <message>
        <source>these lines are too long for one graph; please shorten them</source>
        <translation>这些行对一张图来说太长了，请缩短</translation>
    </message>
    <message>
        <source>too many lines; at most {0}</source>
        <translation>行数太多；最多 {0} 行</translation>
    </message>
    <message>
        <source>«{0}» has a meaning already; please take another name</source>
        <translation>「{0}」已有含义，请换一个名字</translation>
    </message>
    <message>
        <source>the name is too long; at most {0} characters</source>
        <translation>名字太长，最多 {0} 个字符</translation>
    </message>
    <message>
        <source>«{0}» is assigned in line {1} already; please take another name</source>
        <translation>「{0}」在第 {1} 行已赋值，请换一个名字</translation>
    </message>
    <message>
        <source>«{0}» is used in line {1} already, before it has a value</source>
        <translation>「{0}」在第 {1} 行就已使用，那时它还没有值</translation>
    </message>
    <message>
        <source>«{0}» can&apos;t be computed from itself</source>
        <translation>「{0}」不能由自身算出</translation>
    </message>
    <message>
        <source>too many inputs; at most {0}</source>
        <translation>输入太多，最多 {0} 个</translation>
    </message>
    <message>
        <source>{0:g} samples; there must be {1:g} to {2:g}</source>
        <translation>{0:g} 个样本；应有 {1:g} 到 {2:g} 个</translation>
    </message>
    <message>
        <source>the noise is {0:g}; it must lie between {1:g} and {2:g}</source>
        <translation>噪声为 {0:g}；应在 {1:g} 与 {2:g} 之间</translation>
    </message>
    <message>
        <source>the share for the test is {0:g}; it must lie between {1:g} and {2:g}</source>
        <translation>测试集比例为 {0:g}；应在 {1:g} 与 {2:g} 之间</translation>
    </message>
    <message>
        <source>the seed is {0:g}; it must lie between {1:g} and {2:g}</source>
        <translation>随机种子为 {0:g}；应在 {1:g} 与 {2:g} 之间</translation>
    </message>
    <message>
        <source>{0:g} target columns; there must be {1:g} to {2:g}</source>
        <translation>{0:g} 个目标列；应有 {1:g} 到 {2:g} 列</translation>
    </message>
    <message>
        <source>{0} is too large; at most {1} MB</source>
        <translation>{0} 太大，最多 {1} MB</translation>
    </message>
    <message>
        <source>{0} is no text in UTF-8</source>
        <translation>{0} 不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>{0} has no rows</source>
        <translation>{0} 没有任何行</translation>
    </message>
    <message>
        <source>no file is opened yet</source>
        <translation>尚未打开文件</translation>
    </message>
    <message>
        <source>{0} has {1} columns; there must be {2} to {3}: inputs first, then the targets</source>
        <translation>{0} 有 {1} 列；应有 {2} 到 {3} 列：先是输入，后是目标</translation>
    </message>
    <message>
        <source>{0} has {1} rows of numbers; there must be 1 to {2}</source>
        <translation>{0} 有 {1} 行数字；应有 1 到 {2} 行</translation>
    </message>
    <message>
        <source>line {0} has {1} columns, the first one has {2}</source>
        <translation>第 {0} 行有 {1} 列，第一行有 {2} 列</translation>
    </message>
    <message>
        <source>line {0}, column {1}: «{2}» is no number</source>
        <translation>第 {0} 行第 {1} 列：「{2}」不是数字</translation>
    </message>
    <message>
        <source>line {0}, column {1}: {2} is too large; at most {3:g}</source>
        <translation>第 {0} 行第 {1} 列：{2} 太大；最多为 {3:g}</translation>
    </message>
    <message>
        <source>line {0}, column {1}: the cell is empty</source>
        <translation>第 {0} 行第 {1} 列：单元格为空</translation>
    </message>
    <message>
        <source>line {0} can&apos;t be read: {1}</source>
        <translation>第 {0} 行无法读取：{1}</translation>
    </message>
    <message>
        <source>the table has {0} target columns, the network has {1} outputs</source>
        <translation>表中有 {0} 个目标列，网络有 {1} 个输出</translation>
    </message>
    <message>
        <source>the table has {0} classes, the network has {1} outputs</source>
        <translation>表中有 {0} 个类别，网络有 {1} 个输出</translation>
    </message>
    <message>
        <source>{0} can&apos;t be changed while {1} runs</source>
        <translation>{1} 运行时不能更改 {0}</translation>
    </message>
    <message>
        <source>the samples have {0} inputs and {1} targets; the network {2} and {3}</source>
        <translation>样本有 {0} 个输入和 {1} 个目标；网络是 {2} 个和 {3} 个</translation>
    </message>
</context>
<context>
    <name>FormulaPage</name>
    <message>
        <source>Each factor, and where it comes from</source>
        <translation>每个因子及其来处</translation>
    </message>
</context>
<context>
    <name>FormulaPanel</name>
    <message>
        <source>Derivation of f′</source>
        <translation>f′ 的推导</translation>
    </message>
    <message>
        <source>At the cursor</source>
        <translation>光标处</translation>
    </message>
    <message>
        <source>Second derivative</source>
        <translation>二阶导数</translation>
    </message>
    <message>
        <source>Weights of the deep network</source>
        <translation>深层网络的权重</translation>
    </message>
</context>
<context>
    <name>FunctionPanel</name>
    <message>
        <source>Copy as PyTorch</source>
        <translation>复制为 PyTorch 代码</translation>
    </message>
    <message>
        <source>A script that runs by itself and prints the numbers at the cursor</source>
        <translation>一段可独立运行、打印光标处数值的脚本</translation>
    </message>
    <message>
        <source>A function of the session is left out: {0}</source>
        <translation>会话中的一个函数被略去：{0}</translation>
    </message>
    <message>
        <source>Activation function</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>The function that is looked at; one that is not shown yet is added</source>
        <translation>当前查看的函数；尚未显示的会被加入</translation>
    </message>
    <message>
        <source>Your own function…</source>
        <translation>自定义函数…</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>显示的函数</translation>
    </message>
    <message>
        <source>Show this function once more, with other parameters</source>
        <translation>用其他参数再显示一次该函数</translation>
    </message>
    <message>
        <source>Remove this function</source>
        <translation>移除该函数</translation>
    </message>
    <message>
        <source>My function {0}</source>
        <translation>我的函数 {0}</translation>
    </message>
    <message>
        <source>No more than {0} functions can be told apart: the others are left out.</source>
        <translation>最多只能区分 {0} 个函数，其余的被略去。</translation>
    </message>
</context>
<context>
    <name>GeneratorForm</name>
    <message>
        <source>slope</source>
        <translation>斜率</translation>
    </message>
    <message>
        <source>intercept</source>
        <translation>截距</translation>
    </message>
    <message>
        <source>x from</source>
        <translation>x 从</translation>
    </message>
    <message>
        <source>x to</source>
        <translation>x 到</translation>
    </message>
    <message>
        <source>noise σ</source>
        <translation>噪声 σ</translation>
    </message>
    <message>
        <source>points</source>
        <translation>点数</translation>
    </message>
    <message>
        <source>outliers</source>
        <translation>离群点</translation>
    </message>
    <message>
        <source>their distance</source>
        <translation>离群距离</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Make these points</source>
        <translation>生成这些点</translation>
    </message>
    <message>
        <source>Replaces all points; Ctrl+Z brings the old ones back</source>
        <translation>替换所有的点；按 Ctrl+Z 恢复原来的</translation>
    </message>
    <message>
        <source>Other points of the same kind: the next seed</source>
        <translation>同类的另一组点：下一个种子</translation>
    </message>
</context>
<context>
    <name>GradientModel</name>
    <message>
        <source>CE</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>均方误差</translation>
    </message>
</context>
<context>
    <name>GradientPage</name>
    <message>
        <source>Every residual is 0: here the norm has a kink, and no gradient.</source>
        <translation>所有残差都为 0：范数在此处有尖点，没有梯度。</translation>
    </message>
    <message>
        <source>With the numbers</source>
        <translation>代入数值</translation>
    </message>
    <message>
        <source>Derivation</source>
        <translation>推导</translation>
    </message>
</context>
<context>
    <name>GradientTable</name>
    <message>
        <source>Gradients of both losses by class</source>
        <translation>两种损失对各类别的梯度</translation>
    </message>
</context>
<context>
    <name>GraphView</name>
    <message>
        <source>click a node or an edge; arrow keys walk on</source>
        <translation>单击节点或边；用方向键继续走</translation>
    </message>
    <message>
        <source>Graph of values and local derivatives</source>
        <translation>值与局部导数的计算图</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>&lt;h3&gt;gradviz {0}&lt;/h3&gt;&lt;p&gt;See, drag and check gradients.&lt;/p&gt;&lt;p&gt;The mathematics is torch&apos;s own: its optimizers, its autograd.&lt;/p&gt;&lt;p&gt;MIT license.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;gradviz {0}&lt;/h3&gt;&lt;p&gt;看得见、拖得动、验得了的梯度。&lt;/p&gt;&lt;p&gt;数学计算全部出自 torch：它的优化器，它的自动求导。&lt;/p&gt;&lt;p&gt;MIT 许可证。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>HyperparameterForm</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
</context>
<context>
    <name>JacobianPlot</name>
    <message>
        <source>Jacobian of softmax</source>
        <translation>softmax 的雅可比矩阵</translation>
    </message>
    <message>
        <source>j: logit aⱼ</source>
        <translation>j：logit aⱼ</translation>
    </message>
    <message>
        <source>i: probability pᵢ</source>
        <translation>i：概率 pᵢ</translation>
    </message>
</context>
<context>
    <name>LaneButtons</name>
    <message>
        <source>Add a lane</source>
        <translation>添加一条赛道</translation>
    </message>
    <message>
        <source>Duplicate this lane with its values</source>
        <translation>复制此赛道及其参数值</translation>
    </message>
    <message>
        <source>Remove this lane</source>
        <translation>移除此赛道</translation>
    </message>
    <message>
        <source>Rename this lane (F2)</source>
        <translation>重命名此赛道（F2）</translation>
    </message>
    <message>
        <source>Hide this lane; it takes part all the same</source>
        <translation>隐藏此赛道；它仍然参加比赛</translation>
    </message>
    <message>
        <source>Show this lane alone</source>
        <translation>只显示此赛道</translation>
    </message>
    <message>
        <source>Optimizers</source>
        <translation>优化器</translation>
    </message>
</context>
<context>
    <name>LaneForms</name>
    <message>
        <source>The hyper-parameters appear when torch is loaded.</source>
        <translation>torch 加载完成后，这里会出现超参数。</translation>
    </message>
</context>
<context>
    <name>LaneList</name>
    <message>
        <source>Optimizers that take part</source>
        <translation>参加比较的优化器</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>已隐藏</translation>
    </message>
</context>
<context>
    <name>LastResort</name>
    <message>
        <source>Something went wrong, and the program goes on: {0}</source>
        <translation>出了点问题，程序继续运行：{0}</translation>
    </message>
</context>
<context>
    <name>LayerPlot</name>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
</context>
<context>
    <name>LayersForm</name>
    <message>
        <source>Number of inputs</source>
        <translation>输入个数</translation>
    </message>
    <message>
        <source>Another hidden layer before the outputs</source>
        <translation>在输出层前再加一个隐藏层</translation>
    </message>
    <message>
        <source>Without the last hidden layer</source>
        <translation>去掉最后一个隐藏层</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Units of layer {0}</source>
        <translation>第 {0} 层的单元数</translation>
    </message>
    <message>
        <source>Activation of layer {0}</source>
        <translation>第 {0} 层的激活函数</translation>
    </message>
    <message>
        <source>Layer {0} has a bias</source>
        <translation>第 {0} 层有偏置</translation>
    </message>
</context>
<context>
    <name>LineDescent</name>
    <message>
        <source>Not changed while it runs: {0}</source>
        <translation>运行中未更改：{0}</translation>
    </message>
    <message>
        <source>Walking the path again up to where it stood: step {0} of {1}</source>
        <translation>正在重走到原处的路径：第 {0} 步，共 {1} 步</translation>
    </message>
    <message>
        <source>Stopped by an error; what was recorded stays.</source>
        <translation>因出错而停止；已记录的内容保留。</translation>
    </message>
    <message>
        <source>The line stays where w and b were last within ±{0}.</source>
        <translation>直线停在 w 和 b 最后处于 ±{0} 以内的位置。</translation>
    </message>
    <message>
        <source>Before the change: {0}</source>
        <translation>改动之前：{0}</translation>
    </message>
    <message>
        <source>(Paused; Run goes on.)</source>
        <translation>（已暂停；点“运行”继续。）</translation>
    </message>
    <message>
        <source>Step {0} of {1}: {2}</source>
        <translation>第 {0} 步（共 {1} 步）：{2}</translation>
    </message>
    <message>
        <source>Step {0}: {1}</source>
        <translation>第 {0} 步：{1}</translation>
    </message>
    <message>
        <source>Diverged at step {0}: L is no longer finite.</source>
        <translation>在第 {0} 步发散：L 不再是有限数。</translation>
    </message>
    <message>
        <source>With lr = {0} it goes down.</source>
        <translation>取 lr = {0} 则会下降。</translation>
    </message>
    <message>
        <source>Not at the minimum, but ‖∇L‖ is below {2} since step {0}: {1}</source>
        <translation>不在极小值处，但从第 {0} 步起 ‖∇L‖ 已小于 {2}：{1}</translation>
    </message>
    <message>
        <source>Converged at step {0}: {1}</source>
        <translation>在第 {0} 步收敛：{1}</translation>
    </message>
    <message>
        <source>Cancelled at step {0}: {1}</source>
        <translation>在第 {0} 步取消：{1}</translation>
    </message>
    <message>
        <source>All {0} steps are done: {1}</source>
        <translation>{0} 步全部完成：{1}</translation>
    </message>
</context>
<context>
    <name>LineEditor</name>
    <message>
        <source>Lines of assignments</source>
        <translation>赋值的各行</translation>
    </message>
    <message>
        <source>One assignment a line, such as y = x*w + b; what no line assigns is an input</source>
        <translation>每行一个赋值，例如 y = x*w + b；没有被赋值的名字就是输入</translation>
    </message>
    <message>
        <source>line {0}, column {1}: {2}</source>
        <translation>第 {0} 行第 {1} 列：{2}</translation>
    </message>
</context>
<context>
    <name>LineFields</name>
    <message>
        <source>Slope w</source>
        <translation>斜率 w</translation>
    </message>
    <message>
        <source>Intercept b</source>
        <translation>截距 b</translation>
    </message>
</context>
<context>
    <name>LinePlot</name>
    <message>
        <source>Points, the line and its squared errors</source>
        <translation>数据点、直线及其平方误差</translation>
    </message>
    <message>
        <source>least squares</source>
        <translation>最小二乘</translation>
    </message>
</context>
<context>
    <name>LogCurves</name>
    <message>
        <source>step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>T trains the network on the samples</source>
        <translation>按 T 用样本训练网络</translation>
    </message>
</context>
<context>
    <name>LogModel</name>
    <message>
        <source>step</source>
        <translation>步数</translation>
    </message>
</context>
<context>
    <name>LogTable</name>
    <message>
        <source>Log: step, x and y after it, f before it</source>
        <translation>日志：步数，该步之后的 x 和 y，该步之前的 f</translation>
    </message>
    <message>
        <source>A line every so many steps</source>
        <translation>每隔多少步记一行</translation>
    </message>
    <message>
        <source>a line every</source>
        <translation>每隔</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步一行</translation>
    </message>
    <message>
        <source>As the course&apos;s script prints it: x and y after the step, f before it</source>
        <translation>与课程脚本的输出一致：x 和 y 取该步之后的值，f 取该步之前的值</translation>
    </message>
</context>
<context>
    <name>LogitBars</name>
    <message>
        <source>Logits</source>
        <translation>各类的 logit</translation>
    </message>
    <message>
        <source>logit a</source>
        <translation>logit a（输入）</translation>
    </message>
    <message>
        <source>Drag a bar up or down: it sets its logit</source>
        <translation>上下拖动柱子即可设置它的 logit</translation>
    </message>
    <message>
        <source>The logits after the steps of each loss; R takes them back to where bars can be dragged</source>
        <translation>各损失走若干步之后的 logits；按 R 回到起点，柱子又可拖动</translation>
    </message>
</context>
<context>
    <name>LogitsModel</name>
    <message>
        <source>start aᵢ</source>
        <translation>起点 aᵢ</translation>
    </message>
    <message>
        <source>start pᵢ</source>
        <translation>起点 pᵢ</translation>
    </message>
    <message>
        <source>drag</source>
        <translation>拖动</translation>
    </message>
    <message>
        <source>Logit {0}: «{1}» is not taken; a number between −10⁶ and 10⁶ is wanted</source>
        <translation>第 {0} 个 logit：“{1}”未被接受；需要 −10⁶ 到 10⁶ 之间的数</translation>
    </message>
</context>
<context>
    <name>LogitsPanel</name>
    <message>
        <source>Copy as PyTorch</source>
        <translation>复制为 PyTorch 代码</translation>
    </message>
    <message>
        <source>Logits, T and target as they were before (Ctrl+Z)</source>
        <translation>恢复之前的 logits、T 和目标 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>What was undone, again (Ctrl+Y)</source>
        <translation>重做刚才撤销的更改 (Ctrl+Y)</translation>
    </message>
    <message>
        <source>A script that runs by itself and prints these numbers</source>
        <translation>可独立运行并打印这些数的脚本</translation>
    </message>
    <message>
        <source>Draw random logits with the next seed</source>
        <translation>用下一个种子抽取随机 logits</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>类别数</translation>
    </message>
    <message>
        <source>Number of classes</source>
        <translation>类别数</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Seed of random logits</source>
        <translation>随机 logits 的种子</translation>
    </message>
    <message>
        <source>Add to all</source>
        <translation>全部加上</translation>
    </message>
    <message>
        <source>Adds the constant to every logit: the probabilities stay as they are</source>
        <translation>给每个 logit 加上该常数：概率保持不变</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Target class</source>
        <translation>目标类别</translation>
    </message>
    <message>
        <source>Temperature T</source>
        <translation>温度 T</translation>
    </message>
    <message>
        <source>Constant to add to all logits</source>
        <translation>加到所有 logits 上的常数</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>These logits are drawn as soon as torch is there</source>
        <translation>torch 加载完成后立即抽取这些 logits</translation>
    </message>
</context>
<context>
    <name>LogitsTable</name>
    <message>
        <source>Logits</source>
        <translation>各类的 logit</translation>
    </message>
    <message>
        <source>Logit {0}</source>
        <translation>第 {0} 个 logit</translation>
    </message>
</context>
<context>
    <name>LossCurves</name>
    <message>
        <source>Loss over the samples for training and for the test, by step</source>
        <translation>训练样本与测试样本上的损失，按步数</translation>
    </message>
    <message>
        <source>E (log)</source>
        <translation>E（对数）</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
</context>
<context>
    <name>LossFormulas</name>
    <message>
        <source>With the numbers of now; the part of the gradient is that of the target, class {0}.</source>
        <translation>代入当前的数值；梯度取目标类别 {0} 的分量。</translation>
    </message>
</context>
<context>
    <name>LossMap</name>
    <message>
        <source>Contour map of the loss over w and b; a click sets the line</source>
        <translation>损失关于 w 和 b 的等高线图；单击设定直线</translation>
    </message>
    <message>
        <source>w (slope)</source>
        <translation>w（斜率）</translation>
    </message>
    <message>
        <source>b (intercept)</source>
        <translation>b（截距）</translation>
    </message>
    <message>
        <source>click anywhere to set w and b</source>
        <translation>单击任意处设定 w 和 b</translation>
    </message>
    <message>
        <source>The line: drag it, or click anywhere</source>
        <translation>直线：拖动它，或单击任意处</translation>
    </message>
    <message>
        <source>L is not finite in the grey region</source>
        <translation>灰色区域中 L 不是有限数</translation>
    </message>
    <message>
        <source>w = {0}, b = {1} lies outside: the key 0 shows everything</source>
        <translation>w = {0}，b = {1} 在图外：按 0 键显示全部</translation>
    </message>
</context>
<context>
    <name>LossTab</name>
    <message>
        <source>What the session says of this tab can&apos;t be read.</source>
        <translation>会话中关于本页的内容无法读取。</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Loss&lt;/h3&gt;&lt;p&gt;A line y = xw + b misses each point by its residual; the squares in the picture are the squared errors, and the loss makes one number of them. &lt;b&gt;Drag&lt;/b&gt; a point; or the line, which moves in its middle and turns near its ends; or the sliders of w and b: everything follows. A double click adds a point; the table can be typed into, pasted into or filled from a file.&lt;/p&gt;&lt;p&gt;The &lt;b&gt;map&lt;/b&gt; shows the loss over w and b. A click sets the line, and its mark can be dragged; the arrow is −∇L, the star the line of the least squares. &lt;b&gt;Run&lt;/b&gt; descends with the chosen optimizer; let each step see a mini-batch, or one point, and the path begins to shake.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Autograd&lt;/b&gt; runs real lines of torch, and shows torch&apos;s own words where it refuses.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;损失函数&lt;/h3&gt;&lt;p&gt;直线 y = xw + b 与每个点相差一个残差；图中的正方形就是平方误差，损失把它们变成一个数。&lt;b&gt;拖动&lt;/b&gt;一个点；或拖动直线：在中段是平移，在两端附近是转动；或拖动 w 与 b 的滑块：一切随之变化。双击添加点；也可以在表格中输入、粘贴，或从文件读入。&lt;/p&gt;&lt;p&gt;&lt;b&gt;地图&lt;/b&gt;显示损失关于 w 和 b 的变化。单击设定直线，它的标记也可以拖动；箭头是 −∇L，星号是最小二乘直线。&lt;b&gt;运行&lt;/b&gt;用所选优化器下降；让每一步只看一个小批量或一个点，路径就会开始抖动。&lt;/p&gt;&lt;p&gt;&lt;b&gt;自动求导&lt;/b&gt;真正运行 torch 的代码行，并在它拒绝时显示 torch 自己的报错。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>There are no points to copy</source>
        <translation>没有可复制的点</translation>
    </message>
    <message>
        <source>Copied: a script that prints these numbers</source>
        <translation>已复制：打印这些数的脚本</translation>
    </message>
    <message>
        <source>Points and line</source>
        <translation>数据点与直线</translation>
    </message>
    <message>
        <source>Map of the loss</source>
        <translation>损失的地图</translation>
    </message>
    <message>
        <source>Loss along the descent</source>
        <translation>下降过程中的损失</translation>
    </message>
    <message>
        <source>Not started: there are no points.</source>
        <translation>未开始：没有点。</translation>
    </message>
    <message>
        <source>Not started: a value at the left is refused; the reason stands under it.</source>
        <translation>未开始：左边有一个值不被接受，原因写在它的下方。</translation>
    </message>
</context>
<context>
    <name>LossesPanel</name>
    <message>
        <source>Gradients of both losses</source>
        <translation>两种损失的梯度</translation>
    </message>
    <message>
        <source>One step</source>
        <translation>走一步</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>One step back (←); Home shows the first</source>
        <translation>后退一步 (←)；按 Home 显示起点</translation>
    </message>
    <message>
        <source>Play: step after step (Space)</source>
        <translation>播放：一步接一步（空格）</translation>
    </message>
    <message>
        <source>One step of gradient descent on the logits, for both losses (→)</source>
        <translation>两种损失各对 logits 做一步梯度下降（→）</translation>
    </message>
    <message>
        <source>Back to the logits (R)</source>
        <translation>回到原来的 logits（R）</translation>
    </message>
    <message>
        <source>Descent, formulas and numbers of both losses</source>
        <translation>两种损失的梯度下降、公式和数值</translation>
    </message>
    <message>
        <source>Descent</source>
        <translation>梯度下降</translation>
    </message>
    <message>
        <source>Formulas</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>The steps of the session are being computed again…</source>
        <translation>正在重新计算会话中的各步……</translation>
    </message>
    <message>
        <source>After one step p of the target is {1} by cross-entropy, {2} by the mean squared error.</source>
        <translation>一步之后，目标的 p：交叉熵为 {1}，均方误差为 {2}。</translation>
    </message>
    <message>
        <source>After {0} steps p of the target is {1} by cross-entropy, {2} by the mean squared error.</source>
        <translation>{0} 步之后，目标的 p：交叉熵为 {1}，均方误差为 {2}。</translation>
    </message>
    <message>
        <source>From other logits, T or target, and stale: a step begins anew.</source>
        <translation>来自其他 logits、T 或目标，已过时：再走一步将重新开始。</translation>
    </message>
    <message>
        <source>There are {0} steps.</source>
        <translation>共有 {0} 步。</translation>
    </message>
    <message>
        <source>There is one step.</source>
        <translation>共有一步。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Tabs</source>
        <translation>选项卡</translation>
    </message>
    <message>
        <source>torch can&apos;t be loaded, so nothing can run: {0}</source>
        <translation>无法加载 torch，因此什么都不能运行：{0}</translation>
    </message>
    <message>
        <source>There is no session before this one.</source>
        <translation>在此之前没有别的会话。</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>打开会话</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>{0} is there already. Replace it?</source>
        <translation>{0} 已存在，要替换吗？</translation>
    </message>
    <message>
        <source>Saved: {0}</source>
        <translation>已保存：{0}</translation>
    </message>
    <message>
        <source>gradviz sessions (*{0});;All files (*)</source>
        <translation>gradviz 会话 (*{0});;所有文件 (*)</translation>
    </message>
    <message>
        <source>{0} can&apos;t be written: {1}</source>
        <translation>无法写入 {0}：{1}</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>NumPy arrays (*.npz)</source>
        <translation>NumPy 数组 (*.npz)</translation>
    </message>
    <message>
        <source>Export data</source>
        <translation>导出数据</translation>
    </message>
    <message>
        <source>The settings can&apos;t be saved: {0}</source>
        <translation>无法保存设置：{0}</translation>
    </message>
    <message>
        <source>What this tab shows</source>
        <translation>本页说明</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>About gradviz</source>
        <translation>关于 gradviz</translation>
    </message>
</context>
<context>
    <name>MomentBar</name>
    <message>
        <source>Path whose Jacobian is shown</source>
        <translation>显示哪条路径的雅可比矩阵</translation>
    </message>
    <message>
        <source>Each loss drives the logits its own way: Jacobian, cell and facts follow this one</source>
        <translation>每种损失让 logits 走自己的路：雅可比矩阵、单元格和性质都取自这一条</translation>
    </message>
    <message>
        <source>logarithmic colours</source>
        <translation>对数颜色</translation>
    </message>
    <message>
        <source>Colours the Jacobian by the logarithm of the size: small entries are seen</source>
        <translation>按绝对值的对数给雅可比矩阵着色：小的元素也看得见</translation>
    </message>
    <message>
        <source>Jacobian at the logits of the table</source>
        <translation>表中 logits 处的雅可比矩阵</translation>
    </message>
    <message>
        <source>at the table&apos;s logits</source>
        <translation>表中 logits 处</translation>
    </message>
    <message>
        <source>Jacobian after one step</source>
        <translation>走一步之后的雅可比矩阵</translation>
    </message>
    <message>
        <source>after one step</source>
        <translation>走一步之后</translation>
    </message>
    <message>
        <source>Jacobian after {0} steps</source>
        <translation>走 {0} 步之后的雅可比矩阵</translation>
    </message>
    <message>
        <source>after {0} steps</source>
        <translation>走 {0} 步之后</translation>
    </message>
</context>
<context>
    <name>NetworkDiagram</name>
    <message>
        <source>Click: its derivation; double-click: change it</source>
        <translation>单击：查看推导；双击：修改数值</translation>
    </message>
    <message>
        <source>The network</source>
        <translation>神经网络图</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>targets</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>{0}: &lt;b style=&apos;color:{1}&apos;&gt;positive&lt;/b&gt;, &lt;b style=&apos;color:{2}&apos;&gt;negative&lt;/b&gt;; wide where large</source>
        <translation>{0}：&lt;b style=&apos;color:{1}&apos;&gt;正&lt;/b&gt;、&lt;b style=&apos;color:{2}&apos;&gt;负&lt;/b&gt;；越大越粗</translation>
    </message>
    <message>
        <source>{0}: &lt;b style=&apos;color:{1}&apos;&gt;positive&lt;/b&gt;, &lt;b style=&apos;color:{2}&apos;&gt;negative&lt;/b&gt;; + shows numbers</source>
        <translation>{0}：&lt;b style=&apos;color:{1}&apos;&gt;正&lt;/b&gt;，&lt;b style=&apos;color:{2}&apos;&gt;负&lt;/b&gt;；按 + 看数值</translation>
    </message>
</context>
<context>
    <name>NetworkParts</name>
    <message>
        <source>input {0}</source>
        <translation>输入 {0}</translation>
    </message>
    <message>
        <source>target {0}</source>
        <translation>目标 {0}</translation>
    </message>
    <message>
        <source>the loss of this sample</source>
        <translation>此样本的损失</translation>
    </message>
    <message>
        <source>output {0}</source>
        <translation>输出 {0}</translation>
    </message>
    <message>
        <source>unit {1} of layer {0}</source>
        <translation>第 {0} 层第 {1} 个单元</translation>
    </message>
    <message>
        <source>bias of {0}</source>
        <translation>{0} 的偏置</translation>
    </message>
    <message>
        <source>weight from {0} to {1}</source>
        <translation>从 {0} 到 {1} 的权重</translation>
    </message>
</context>
<context>
    <name>NetworkPhases</name>
    <message>
        <source>All numbers of one pass</source>
        <translation>一次传播的全部数值</translation>
    </message>
    <message>
        <source>The loss: how wrong the outputs are</source>
        <translation>损失：输出错了多少</translation>
    </message>
    <message>
        <source>Forward: the outputs of layer {0} of {1}</source>
        <translation>前向：第 {0} 层（共 {1} 层）的输出</translation>
    </message>
    <message>
        <source>Backward: δ and gradients of layer {0} of {1}</source>
        <translation>反向：第 {0} 层（共 {1} 层）的 δ 与梯度</translation>
    </message>
    <message>
        <source>Update: O, δ, E are still of the old weights</source>
        <translation>更新：O、δ、E 仍属于旧权重</translation>
    </message>
    <message>
        <source>In the course&apos;s letters</source>
        <translation>用课程的记号</translation>
    </message>
    <message>
        <source>With this network&apos;s numbers</source>
        <translation>代入本网络的数值</translation>
    </message>
    <message>
        <source>Step through it below, or click a node or an edge.</source>
        <translation>在下方逐步走，或单击节点或边。</translation>
    </message>
    <message>
        <source>The loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Start: nothing is computed yet</source>
        <translation>开始：什么都还没有计算</translation>
    </message>
    <message>
        <source>→ computes the outputs of the first layer.</source>
        <translation>→ 计算第一层的输出。</translation>
    </message>
    <message>
        <source>In letters</source>
        <translation>用记号表示</translation>
    </message>
    <message>
        <source>Its gradient is not computed yet in this phase.</source>
        <translation>在这一阶段还没有计算它的梯度。</translation>
    </message>
    <message>
        <source>Update: every weight took a step; until Forward, O, δ, E are the old ones</source>
        <translation>更新：每个权重都走了一步；按“前向”之前，O、δ、E 仍是旧值</translation>
    </message>
    <message>
        <source>It is not computed yet in this phase.</source>
        <translation>在这一阶段还没有计算它。</translation>
    </message>
    <message>
        <source>Forward: its output</source>
        <translation>前向：它的输出</translation>
    </message>
    <message>
        <source>Backward: its δ = ∂E/∂z</source>
        <translation>反向：它的 δ = ∂E/∂z</translation>
    </message>
    <message>
        <source>A number of the sample: double-click to change it.</source>
        <translation>样本中的一个数：双击修改。</translation>
    </message>
    <message>
        <source>How wrong the output is</source>
        <translation>输出错了多少</translation>
    </message>
    <message>
        <source>Struck through is what is 0: {1} does not reach {0}.</source>
        <translation>划掉的项为 0：{1} 不影响 {0}。</translation>
    </message>
    <message>
        <source>The first four are written out; click any other to see its own.</source>
        <translation>写出了前四个；单击其他的查看它自己的。</translation>
    </message>
</context>
<context>
    <name>NetworkSample</name>
    <message>
        <source>Softmax of one output is 1, whatever it is: E can&apos;t change, and nothing is learned.</source>
        <translation>只有一个输出时，softmax 恒为 1：E 不会变化，学不到任何东西。</translation>
    </message>
    <message>
        <source>Targets of cross-entropy are probabilities: none below 0, together 1; here together {0}.</source>
        <translation>交叉熵的目标是概率：都不小于 0，总和为 1；此处总和为 {0}。</translation>
    </message>
</context>
<context>
    <name>NetworkTab</name>
    <message>
        <source>What the session says of this tab can&apos;t be read.</source>
        <translation>会话中关于本页的内容无法读取。</translation>
    </message>
    <message>
        <source>Nothing is copied: torch is not there</source>
        <translation>未复制：torch 尚未加载</translation>
    </message>
    <message>
        <source>E of this sample = {0}, network {1}, weights: {2}, updates by hand: {3}</source>
        <translation>此样本的 E = {0}，网络 {1}，权重：{2}，手动更新：{3}</translation>
    </message>
    <message>
        <source>, steps of training: {0}</source>
        <translation>，训练步数：{0}</translation>
    </message>
    <message>
        <source>The script is being written…</source>
        <translation>正在写脚本……</translation>
    </message>
    <message>
        <source>Copied: a script that prints these numbers</source>
        <translation>已复制：打印这些数的脚本</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>神经网络</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Network&lt;/h3&gt;&lt;p&gt;A network computes forward layer by layer; the loss says how wrong its outputs are; back-propagation finds by how much every weight is to blame. Each number stands on its node or edge.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Forward, Backward, Update&lt;/b&gt; go through the phases, → one at a time; the formula at the right has this network&apos;s numbers. &lt;b&gt;Click&lt;/b&gt; a node or an edge for its derivation, and point at a factor to see where it comes from. &lt;b&gt;Double-click&lt;/b&gt; a weight, an input or a target to change it.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Train&lt;/b&gt; lets the chosen optimizer update the weights on samples: T begins and pauses. On its plane of decision a click on a sample shows that one in the drawing, and a ring marks it.&lt;/p&gt;&lt;p&gt;On the drawing the arrow keys walk from node to node, with Shift from edge to edge; there N and P go a phase on and back. Enter changes the number, + and − zoom, 0 shows all of it. Ctrl+Z takes a change back.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;神经网络&lt;/h3&gt;&lt;p&gt;网络逐层前向计算；损失说明输出错了多少；反向传播求出每个权重该负多少责任。每个数都写在它的节点或边上。&lt;/p&gt;&lt;p&gt;&lt;b&gt;前向、反向、更新&lt;/b&gt;依次走过各个阶段，按 → 每次走一步；右边的公式代入了本网络的数值。&lt;b&gt;单击&lt;/b&gt;节点或边查看它的推导，指向一个因子可以看到它来自何处。&lt;b&gt;双击&lt;/b&gt;权重、输入或目标可以修改。&lt;/p&gt;&lt;p&gt;&lt;b&gt;训练&lt;/b&gt;用所选的优化器在样本上更新权重：按 T 开始或暂停。在决策面上单击一个样本，图中就显示它，并用圆环标出。&lt;/p&gt;&lt;p&gt;在图上用方向键逐个节点移动，按住 Shift 逐条边移动；此时用 N 和 P 前进或后退一个阶段。回车修改数值，+ 和 − 缩放，0 显示全部。Ctrl+Z 撤销一次修改。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Loss of the training</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>Decision surface</source>
        <translation>决策面</translation>
    </message>
    <message>
        <source>Gradients of the layers</source>
        <translation>各层的梯度</translation>
    </message>
    <message>
        <source>Nothing to export: torch is not there</source>
        <translation>没有可导出的内容：torch 不可用</translation>
    </message>
</context>
<context>
    <name>NoisePanel</name>
    <message>
        <source>Adds (σ + share·‖∇f‖)·z to the gradient that the optimizers see, with z drawn from N(0, 1) once a step for all lanes: what mini-batches do to a gradient.</source>
        <translation>在优化器看到的梯度上加 (σ + 比例·‖∇f‖)·z，z 每一步从 N(0, 1) 为所有路线抽取一次：小批量对梯度的影响就是这样。</translation>
    </message>
    <message>
        <source>Standard deviation σ of the noise</source>
        <translation>噪声的标准差 σ</translation>
    </message>
    <message>
        <source>Standard deviation of the noise as a share of ‖∇f‖</source>
        <translation>噪声的标准差，占 ‖∇f‖ 的比例</translation>
    </message>
    <message>
        <source>Seed of the noise</source>
        <translation>噪声的种子</translation>
    </message>
    <message>
        <source>The same seed gives the same noise, whichever lanes run</source>
        <translation>无论运行哪些路线，相同的种子给出相同的噪声</translation>
    </message>
    <message>
        <source>Draw another seed</source>
        <translation>另抽一个种子</translation>
    </message>
    <message>
        <source>Share of ‖∇f‖</source>
        <translation>‖∇f‖ 的比例</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
</context>
<context>
    <name>NormCurves</name>
    <message>
        <source>Norm of the gradient of every layer, by step</source>
        <translation>每一层梯度的范数，按步数</translation>
    </message>
    <message>
        <source>|∂E/∂W| (log)</source>
        <translation>|∂E/∂W|（对数）</translation>
    </message>
    <message>
        <source>layer {0}</source>
        <translation>第 {0} 层</translation>
    </message>
</context>
<context>
    <name>NormPlot</name>
    <message>
        <source>Norm of the gradient by layer</source>
        <translation>各层梯度的范数</translation>
    </message>
    <message>
        <source>gradient (log)</source>
        <translation>梯度（对数）</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>is empty; {0}</source>
        <translation>为空；{0}</translation>
    </message>
    <message>
        <source>is not a number; {0}</source>
        <translation>不是数；{0}</translation>
    </message>
    <message>
        <source>must be finite; {0}</source>
        <translation>必须是有限的数；{0}</translation>
    </message>
    <message>
        <source>must be a whole number; {0}</source>
        <translation>必须是整数；{0}</translation>
    </message>
    <message>
        <source>is out of range; {0}</source>
        <translation>超出范围；{0}</translation>
    </message>
    <message>
        <source>allowed: any finite number, such as 0.05 or 1e-3</source>
        <translation>允许：任意有限的数，例如 0.05 或 1e-3</translation>
    </message>
    <message>
        <source>allowed: greater than {0}, up to {1}</source>
        <translation>允许：大于 {0}，不超过 {1}</translation>
    </message>
    <message>
        <source>allowed: {0} to {1}</source>
        <translation>允许：{0} 到 {1}</translation>
    </message>
</context>
<context>
    <name>NumbersPanel</name>
    <message>
        <source>f (log)</source>
        <translation>f (对数)</translation>
    </message>
    <message>
        <source>Loss against the step</source>
        <translation>损失随步数的变化</translation>
    </message>
    <message>
        <source>|∇f| (log)</source>
        <translation>|∇f|（对数）</translation>
    </message>
    <message>
        <source>Norm of the gradient against the step</source>
        <translation>梯度的范数随步数的变化</translation>
    </message>
    <message>
        <source>Race, log and gradient check</source>
        <translation>比赛、日志与梯度检验</translation>
    </message>
    <message>
        <source>Race</source>
        <translation>比赛</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Gradient check</source>
        <translation>梯度检验</translation>
    </message>
    <message>
        <source>f − lowest (log)</source>
        <translation>f − 最小值 (对数)</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步数</translation>
    </message>
</context>
<context>
    <name>OptimizerPanel</name>
    <message>
        <source>Values of the optimizer</source>
        <translation>优化器的参数值</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>参数值</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>The defaults of torch for this optimizer</source>
        <translation>torch 为这个优化器设定的默认值</translation>
    </message>
    <message>
        <source>There is no optimizer «{0}».</source>
        <translation>没有名为“{0}”的优化器。</translation>
    </message>
    <message>
        <source>Not taken from the session: {0}</source>
        <translation>未从会话中采用：{0}</translation>
    </message>
</context>
<context>
    <name>OverlayButton</name>
    <message>
        <source>Overlays: heights on the lines, the gradient field</source>
        <translation>叠加层：等高线上的数值、梯度场</translation>
    </message>
    <message>
        <source>Heights on the level &amp;lines</source>
        <translation>等高线上的数值(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Arrows of −∇f</source>
        <translation>−∇f 箭头(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Streamlines of −∇f</source>
        <translation>−∇f 流线(&amp;S)</translation>
    </message>
</context>
<context>
    <name>OwnActivationForm</name>
    <message>
        <source>Name of the function</source>
        <translation>函数名称</translation>
    </message>
    <message>
        <source>Formula of f(x)</source>
        <translation>f(x) 的公式</translation>
    </message>
    <message>
        <source>A formula in x, such as x*sigmoid(2x) or where(x &lt; 0, exp(x) - 1, x)</source>
        <translation>关于 x 的公式，如 x*sigmoid(2x) 或 where(x &lt; 0, exp(x) - 1, x)</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>OwnFunctionForm</name>
    <message>
        <source>Name of the function</source>
        <translation>函数名称</translation>
    </message>
    <message>
        <source>The name under which the function is kept</source>
        <translation>保存函数所用的名称</translation>
    </message>
    <message>
        <source>Box and gradient of the function</source>
        <translation>函数的范围与梯度</translation>
    </message>
    <message>
        <source>Shows or hides box and gradient</source>
        <translation>显示或隐藏范围与梯度</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Delete this function</source>
        <translation>删除此函数</translation>
    </message>
    <message>
        <source>Formula of f(x, y)</source>
        <translation>f(x, y) 的公式</translation>
    </message>
    <message>
        <source>A formula in x and y, such as 2x^2 + |y| or where(x &lt; 0, x^2, sin(y)); with + - * / ^ pi e and</source>
        <translation>关于 x 和 y 的公式，例如 2x^2 + |y| 或 where(x &lt; 0, x^2, sin(y))；可用 + - * / ^ pi e 以及</translation>
    </message>
    <message>
        <source>x from</source>
        <translation>x 从</translation>
    </message>
    <message>
        <source>x to</source>
        <translation>x 到</translation>
    </message>
    <message>
        <source>y from</source>
        <translation>y 从</translation>
    </message>
    <message>
        <source>y to</source>
        <translation>y 到</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
</context>
<context>
    <name>OwnFunctionPanel</name>
    <message>
        <source>Your own function…</source>
        <translation>自定义函数…</translation>
    </message>
    <message>
        <source>The own functions of the session can&apos;t be read.</source>
        <translation>无法读取会话中的自定义函数。</translation>
    </message>
    <message>
        <source>The own function «{0}» is left out: {1}</source>
        <translation>略去自定义函数“{0}”：{1}</translation>
    </message>
    <message>
        <source>My function {0}</source>
        <translation>我的函数 {0}</translation>
    </message>
    <message>
        <source>Bring back «{0}»</source>
        <translation>恢复“{0}”</translation>
    </message>
</context>
<context>
    <name>PathPanel</name>
    <message>
        <source>Output: of what the derivative is taken</source>
        <translation>输出：对谁求导</translation>
    </message>
    <message>
        <source>Input: by what the derivative is taken</source>
        <translation>输入：关于谁求导</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Choose a path to light it alone</source>
        <translation>选择一条路径，只让它亮起</translation>
    </message>
    <message>
        <source>All paths between two nodes</source>
        <translation>两个节点之间的所有路径</translation>
    </message>
    <message>
        <source>{0} paths; their products are added:</source>
        <translation>{0} 条路径，各自的乘积相加：</translation>
    </message>
    <message>
        <source>No path: a change there changes nothing here</source>
        <translation>没有路径：那里的变化不影响这里</translation>
    </message>
    <message>
        <source>{0} paths, of which {1} are listed:</source>
        <translation>{0} 条路径，列出其中 {1} 条：</translation>
    </message>
    <message>
        <source>autograd: …</source>
        <translation>自动求导：…</translation>
    </message>
    <message>
        <source>✓ autograd: {0}</source>
        <translation>✓ 自动求导：{0}</translation>
    </message>
    <message>
        <source>△ autograd: {0} ({1})</source>
        <translation>△ autograd：{0}（{1}）</translation>
    </message>
    <message>
        <source>△ autograd: {0}, no number either</source>
        <translation>△ autograd：{0}，同样没有数值</translation>
    </message>
    <message>
        <source>✗ autograd: {0}</source>
        <translation>✗ 自动求导：{0}</translation>
    </message>
</context>
<context>
    <name>PathPlot</name>
    <message>
        <source>Probability of the target by step</source>
        <translation>各步的目标概率</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>p of the target</source>
        <translation>目标的 p</translation>
    </message>
</context>
<context>
    <name>PhaseBar</name>
    <message>
        <source>Reset: nothing is computed yet (R)</source>
        <translation>重置：什么都还没有计算 (R)</translation>
    </message>
    <message>
        <source>One stage back (←)</source>
        <translation>后退一步 (←)</translation>
    </message>
    <message>
        <source>One stage (→)</source>
        <translation>前进一步 (→)</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>前向(&amp;F)</translation>
    </message>
    <message>
        <source>All values, from the inputs to the output</source>
        <translation>从输入到输出的所有值</translation>
    </message>
    <message>
        <source>&amp;Backward</source>
        <translation>反向(&amp;B)</translation>
    </message>
    <message>
        <source>All gradients, from the output back to the inputs</source>
        <translation>从输出回到输入的所有梯度</translation>
    </message>
    <message>
        <source>Speed, phases a second</source>
        <translation>速度，每秒阶段数</translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>The whole network (0)</source>
        <translation>显示整个网络 (0)</translation>
    </message>
    <message>
        <source>Back to the weights before all updates (R)</source>
        <translation>回到所有更新之前的权重 (R)</translation>
    </message>
    <message>
        <source>One phase back (←)</source>
        <translation>后退一个阶段 (←)</translation>
    </message>
    <message>
        <source>One phase (→)</source>
        <translation>前进一个阶段 (→)</translation>
    </message>
    <message>
        <source>All outputs, and the loss</source>
        <translation>所有输出与损失</translation>
    </message>
    <message>
        <source>All gradients, from the loss back</source>
        <translation>从损失往回的所有梯度</translation>
    </message>
    <message>
        <source>&amp;Update</source>
        <translation>更新(&amp;U)</translation>
    </message>
    <message>
        <source>One step of gradient descent on all weights</source>
        <translation>对所有权重做一步梯度下降</translation>
    </message>
</context>
<context>
    <name>PictureDialog</name>
    <message>
        <source>Export picture</source>
        <translation>导出图片</translation>
    </message>
    <message>
        <source> pixels</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>&amp;Light, for print</source>
        <translation>浅色，用于打印(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>保存(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;What</source>
        <translation>内容(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>Wi&amp;dth</source>
        <translation>宽度(&amp;D)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Width of the picture in pixels</source>
        <translation>图片宽度（像素）</translation>
    </message>
    <message>
        <source>{0} picture (*{1})</source>
        <translation>{0} 图片 (*{1})</translation>
    </message>
    <message>
        <source>{0} can&apos;t be written: {1}</source>
        <translation>无法写入 {0}：{1}</translation>
    </message>
</context>
<context>
    <name>PicturePanel</name>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>The whole map (0)</source>
        <translation>显示全图 (0)</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>等高线图</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>曲面</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>Map, surface or both (M)</source>
        <translation>等高线图、曲面或两者 (M)</translation>
    </message>
    <message>
        <source>Try lr {0}</source>
        <translation>试试 lr {0}</translation>
    </message>
    <message>
        <source>Try lr {0} for {1}</source>
        <translation>{1}：试试 lr {0}</translation>
    </message>
    <message>
        <source>Move over the map to read f and ∇f</source>
        <translation>在图上移动鼠标，读取 f 和 ∇f</translation>
    </message>
</context>
<context>
    <name>PicturesPanel</name>
    <message>
        <source>There are no points: double click above, or choose a preset at the left.</source>
        <translation>没有点：请在上方双击，或在左边选择一个预设。</translation>
    </message>
</context>
<context>
    <name>PlaceEditor</name>
    <message>
        <source>Number in the drawing</source>
        <translation>图中的数</translation>
    </message>
</context>
<context>
    <name>PlayBar</name>
    <message>
        <source>Play or pause (Space)</source>
        <translation>播放或暂停（空格）</translation>
    </message>
    <message>
        <source>Speed, stages a second</source>
        <translation>速度，每秒步数</translation>
    </message>
    <message>
        <source>{0} / s</source>
        <translation>{0} 步/秒</translation>
    </message>
</context>
<context>
    <name>PlotNotes</name>
    <message>
        <source>drag a point or the line; double click adds a point; Delete takes it away</source>
        <translation>拖动点或直线；双击添加点；按 Delete 删除</translation>
    </message>
    <message>
        <source>drag a point or the line; double click adds; Delete removes</source>
        <translation>拖动点或直线；双击添加；按 Delete 删除</translation>
    </message>
    <message>
        <source>All points in sight (0)</source>
        <translation>显示所有点（0）</translation>
    </message>
    <message>
        <source>squares of {0} of the {1} points</source>
        <translation>画出 {1} 个点中 {0} 个点的平方</translation>
    </message>
</context>
<context>
    <name>PlotPanel</name>
    <message>
        <source>Cursor x</source>
        <translation>光标 x</translation>
    </message>
    <message>
        <source>Where the functions are read; click into the plot, or ← and →</source>
        <translation>读取函数值的位置；可在图上单击，或用 ← 和 →</translation>
    </message>
    <message>
        <source>Cursor &amp;x</source>
        <translation>光标 &amp;x</translation>
    </message>
    <message>
        <source>Range of x</source>
        <translation>x 的范围</translation>
    </message>
    <message>
        <source>Zoom in to the cursor (+)</source>
        <translation>向光标放大 (+)</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>The whole range, the height as the curves need it (0)</source>
        <translation>整个范围，高度随曲线而定 (0)</translation>
    </message>
</context>
<context>
    <name>PointsChanges</name>
    <message>
        <source>The clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>Points added: {0}; Ctrl+Z takes them back</source>
        <translation>已添加的点：{0}；按 Ctrl+Z 撤回</translation>
    </message>
    <message>
        <source>The clipboard has no points: a row is two numbers, x and y.</source>
        <translation>剪贴板里没有点：每行应是两个数，x 和 y。</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt);;All files (*)</source>
        <translation>表格 (*.csv *.tsv *.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open points</source>
        <translation>打开数据点</translation>
    </message>
    <message>
        <source>Points of {1}: {0}</source>
        <translation>{1} 中的点：{0}</translation>
    </message>
    <message>
        <source>{0} has no points; the old ones stay.</source>
        <translation>{0} 中没有点；保留原来的点。</translation>
    </message>
    <message>
        <source>{0} can&apos;t be read: {1}</source>
        <translation>无法读取 {0}：{1}</translation>
    </message>
</context>
<context>
    <name>PointsModel</name>
    <message>
        <source>residual</source>
        <translation>残差</translation>
    </message>
</context>
<context>
    <name>PointsPage</name>
    <message>
        <source>… and {0} more</source>
        <translation>……还有 {0} 条</translation>
    </message>
    <message>
        <source>Rows taken as points: {0}; rows that are none: {1}.</source>
        <translation>作为点读入的行：{0}；不是点的行：{1}。</translation>
    </message>
    <message>
        <source>Rows left out because there is room for {0} points: {1}.</source>
        <translation>因最多容纳 {0} 个点而略去的行：{1}。</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Begin with…</source>
        <translation>从预设开始……</translation>
    </message>
    <message>
        <source>Rows that are no points</source>
        <translation>不是点的行</translation>
    </message>
    <message>
        <source>Close the list</source>
        <translation>关闭列表</translation>
    </message>
    <message>
        <source>Open CSV…</source>
        <translation>打开 CSV…</translation>
    </message>
    <message>
        <source>Points of a file: columns x and y, with or without a heading</source>
        <translation>文件中的点：x 和 y 两列，可有表头</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>The points as they were before (Ctrl+Z)</source>
        <translation>恢复到之前的点 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Delete the selected points (Delete)</source>
        <translation>删除选中的点 (Delete)</translation>
    </message>
    <message>
        <source>Delete all points; Ctrl+Z brings them back</source>
        <translation>删除所有点；按 Ctrl+Z 恢复</translation>
    </message>
</context>
<context>
    <name>PointsTable</name>
    <message>
        <source>Points</source>
        <translation>数据点</translation>
    </message>
</context>
<context>
    <name>PresetChoice</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Begin with…</source>
        <translation>从预设开始……</translation>
    </message>
</context>
<context>
    <name>ProgramPanel</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Own lines</source>
        <translation>自己写的各行</translation>
    </message>
    <message>
        <source>Nodes of the graph</source>
        <translation>图的节点</translation>
    </message>
    <message>
        <source>a node a line</source>
        <translation>每行一个节点</translation>
    </message>
    <message>
        <source>a node an operation</source>
        <translation>每个运算一个节点</translation>
    </message>
    <message>
        <source>A node a line, as one derives by hand, or an operation, as torch does</source>
        <translation>每行一个节点（如手工推导），或每个运算一个节点（如 torch）</translation>
    </message>
    <message>
        <source>Copy as PyTorch</source>
        <translation>复制为 PyTorch 代码</translation>
    </message>
    <message>
        <source>A script that runs by itself and prints all values and gradients</source>
        <translation>可独立运行并打印所有值和梯度的脚本</translation>
    </message>
    <message>
        <source>&amp;Graph:</source>
        <translation>计算图(&amp;G)：</translation>
    </message>
    <message>
        <source>Values of the inputs</source>
        <translation>输入的值</translation>
    </message>
</context>
<context>
    <name>RaceFilm</name>
    <message>
        <source>step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
</context>
<context>
    <name>RaceModel</name>
    <message>
        <source>lane</source>
        <translation>赛道</translation>
    </message>
    <message>
        <source>under</source>
        <translation>低于</translation>
    </message>
    <message>
        <source>evals</source>
        <translation>求值</translation>
    </message>
    <message>
        <source>end</source>
        <translation>结局</translation>
    </message>
    <message>
        <source>The optimizer, or what you call it; a click shows its numbers</source>
        <translation>优化器，或您为它起的名称；单击显示它的数值</translation>
    </message>
    <message>
        <source>The height at the step shown</source>
        <translation>所示步的函数值</translation>
    </message>
    <message>
        <source>The first step at which f was under the threshold</source>
        <translation>f 首次低于阈值的步</translation>
    </message>
    <message>
        <source>How often f was evaluated up to the step shown, each time with its gradient</source>
        <translation>到所示步为止 f 的求值次数，每次都连同梯度</translation>
    </message>
    <message>
        <source>How it ended; the tooltip says it in full</source>
        <translation>如何结束；提示中有完整说明</translation>
    </message>
</context>
<context>
    <name>RaceTable</name>
    <message>
        <source>Race: every lane&apos;s value, first step under the threshold and ending</source>
        <translation>比赛：每条赛道的函数值、首次低于阈值的步与结局</translation>
    </message>
    <message>
        <source>Threshold for f over its lowest value</source>
        <translation>f 高出其最小值的阈值</translation>
    </message>
    <message>
        <source>«under» is the first step at which f is less than this over its lowest value</source>
        <translation>“低于”是 f 高出其最小值不足此数的第一步</translation>
    </message>
    <message>
        <source>What the curves are drawn against</source>
        <translation>曲线的横轴</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>evaluations</source>
        <translation>求值次数</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>f under</source>
        <translation>f 低于</translation>
    </message>
    <message>
        <source>curves by</source>
        <translation>横轴</translation>
    </message>
</context>
<context>
    <name>RatePlot</name>
    <message>
        <source>Learning rate over the steps</source>
        <translation>学习率随步数的变化</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>from {0} at step {1} to {2} at step {3}</source>
        <translation>从第 {1} 步的 {0} 到第 {3} 步的 {2}</translation>
    </message>
</context>
<context>
    <name>ReadingPanel</name>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Formula, check and relations</source>
        <translation>公式、检验与关系</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Gradient check</source>
        <translation>梯度检验</translation>
    </message>
    <message>
        <source>Relations</source>
        <translation>关系</translation>
    </message>
    <message>
        <source>Cell, losses, facts and gradient check</source>
        <translation>单元格、损失、性质与梯度检验</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>单元格</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>性质</translation>
    </message>
    <message>
        <source>L (log)</source>
        <translation>L（对数）</translation>
    </message>
    <message>
        <source>Loss of all points along the descent</source>
        <translation>下降过程中全部点的损失</translation>
    </message>
    <message>
        <source>Gradient, check and autograd</source>
        <translation>梯度、检验与自动求导</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检验</translation>
    </message>
    <message>
        <source>Autograd</source>
        <translation>自动求导</translation>
    </message>
    <message>
        <source>Try lr {0}</source>
        <translation>试试 lr {0}</translation>
    </message>
    <message>
        <source>What the loss is drawn against</source>
        <translation>损失曲线的横轴</translation>
    </message>
    <message>
        <source>against steps</source>
        <translation>按步数</translation>
    </message>
    <message>
        <source>against points seen</source>
        <translation>按看过的点数</translation>
    </message>
    <message>
        <source>Sets this learning rate and begins again at the same start</source>
        <translation>设为这个学习率，并从同一起点重新开始</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Row of the chosen cell</source>
        <translation>所选单元格的一行</translation>
    </message>
    <message>
        <source>What is checked</source>
        <translation>检验对象</translation>
    </message>
    <message>
        <source>row {0}</source>
        <translation>第 {0} 行</translation>
    </message>
    <message>
        <source>Formula, check and torch</source>
        <translation>公式、检验与 torch</translation>
    </message>
    <message>
        <source>Formula, broadcasting trap and gradient check</source>
        <translation>公式、广播陷阱与梯度检验</translation>
    </message>
    <message>
        <source>Broadcasting</source>
        <translation>广播</translation>
    </message>
</context>
<context>
    <name>RecordingDisplay</name>
    <message>
        <source>Walking the path again up to where it stood: step {0} of {1}</source>
        <translation>正在重走到原处的路径：第 {0} 步，共 {1} 步</translation>
    </message>
    <message>
        <source>The descent stopped on an error: {0}</source>
        <translation>下降因出错而停止：{0}</translation>
    </message>
    <message>
        <source>Stopped by an error; what was recorded stays.</source>
        <translation>因出错而停止；已记录的内容保留。</translation>
    </message>
    <message>
        <source>Paused at step {0}; Run goes on from there.</source>
        <translation>已在第 {0} 步暂停；按“运行”从这里继续。</translation>
    </message>
    <message>
        <source>{0} steps/s</source>
        <translation>{0} 步/秒</translation>
    </message>
    <message>
        <source>{0} can&apos;t be used; the descent runs on the CPU.</source>
        <translation>无法使用 {0}；下降改在 CPU 上运行。</translation>
    </message>
</context>
<context>
    <name>RelationsPanel</name>
    <message>
        <source>Both sides are drawn: the left one wide and pale, the right one thin.</source>
        <translation>两边都画出：左边宽而淡，右边细。</translation>
    </message>
    <message>
        <source>largest difference in sight: {0}</source>
        <translation>可见范围内最大差：{0}</translation>
    </message>
</context>
<context>
    <name>RibbonPlot</name>
    <message>
        <source>Distribution by layer</source>
        <translation>各层的分布</translation>
    </message>
</context>
<context>
    <name>RunControl</name>
    <message>
        <source>This descent has ended; Run begins it anew, Reset clears it.</source>
        <translation>本次下降已结束；“运行”重新开始，“重置”清除记录。</translation>
    </message>
    <message>
        <source>Not started: torch could not be loaded.</source>
        <translation>未开始：torch 未能加载。</translation>
    </message>
    <message>
        <source>Starts as soon as torch is loaded.</source>
        <translation>torch 加载完成后立即开始。</translation>
    </message>
    <message>
        <source>Not started: no optimizer is ticked.</source>
        <translation>未开始：没有勾选任何优化器。</translation>
    </message>
    <message>
        <source>Not started: the values at the left are refused; the reason stands under them.</source>
        <translation>未开始：左侧的数值不被接受，原因写在其下方。</translation>
    </message>
    <message>
        <source>Not started: a field in red does not take its value.</source>
        <translation>未开始：标红的输入框不接受其中的值。</translation>
    </message>
    <message>
        <source>Not changed while it runs: {0}</source>
        <translation>运行中未更改：{0}</translation>
    </message>
</context>
<context>
    <name>RunFields</name>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Tolerance for ‖∇f‖</source>
        <translation>收敛容差 ‖∇f‖</translation>
    </message>
    <message>
        <source>Counts as converged once ‖∇f‖ has stayed under this for ten steps</source>
        <translation>‖∇f‖ 连续十步低于此值，即视为收敛</translation>
    </message>
    <message>
        <source>stop when ‖∇f‖ &lt;</source>
        <translation>收敛即停：‖∇f‖ &lt;</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Copy as PyTorch</source>
        <translation>复制为 PyTorch 代码</translation>
    </message>
    <message>
        <source>A script that runs by itself and ends at the same point</source>
        <translation>一个可以独立运行、终点与此相同的脚本</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>步数(&amp;S)</translation>
    </message>
    <message>
        <source>«{0}» is not there; {1} is used.</source>
        <translation>“{0}”不存在；改用 {1}。</translation>
    </message>
</context>
<context>
    <name>SampleMaker</name>
    <message>
        <source>Not started: a value of the training is refused; the reason stands under it.</source>
        <translation>未开始：训练的一个值不被接受，原因写在它的下方。</translation>
    </message>
    <message>
        <source>Not started: a value is refused</source>
        <translation>未开始：有数值被拒绝</translation>
    </message>
    <message>
        <source>These samples can&apos;t be taken: {0}</source>
        <translation>无法采用这些样本：{0}</translation>
    </message>
    <message>
        <source>The samples are refused</source>
        <translation>样本被拒绝</translation>
    </message>
    <message>
        <source>Not started: {0}</source>
        <translation>未开始：{0}</translation>
    </message>
</context>
<context>
    <name>SampleTable</name>
    <message>
        <source>Inputs and targets</source>
        <translation>输入与目标</translation>
    </message>
    <message>
        <source>input x</source>
        <translation>输入 x</translation>
    </message>
    <message>
        <source>target t</source>
        <translation>目标 t</translation>
    </message>
    <message>
        <source>{0}: «{1}» is not taken; a number between −10⁶ and 10⁶ is wanted</source>
        <translation>{0}：不接受“{1}”；需要 −10⁶ 到 10⁶ 之间的数</translation>
    </message>
</context>
<context>
    <name>SaturationShade</name>
    <message>
        <source>saturated: the gradient vanishes (梯度弥散)</source>
        <translation>饱和区：梯度弥散</translation>
    </message>
</context>
<context>
    <name>SchedulePanel</name>
    <message>
        <source>Schedule of the learning rate</source>
        <translation>学习率计划</translation>
    </message>
    <message>
        <source>The rate follows f while it runs; drawn is what it is as long as f falls.</source>
        <translation>运行时学习率随 f 而定；图中画的是 f 一直下降时的情形。</translation>
    </message>
    <message>
        <source>For every lane</source>
        <translation>用于所有路线</translation>
    </message>
    <message>
        <source>Gives every lane this schedule; each goes on from its own learning rate</source>
        <translation>让每条路线都用这个学习率计划；各自从自己的学习率开始</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>A part of the session can&apos;t be read and is left out: {0}</source>
        <translation>会话中有一部分无法读取，已略去：{0}</translation>
    </message>
</context>
<context>
    <name>SetupDisplay</name>
    <message>
        <source>No points</source>
        <translation>没有点</translation>
    </message>
    <message>
        <source>no gradient at the kink</source>
        <translation>尖点处没有梯度</translation>
    </message>
    <message>
        <source>{0} points: {1}</source>
        <translation>{0} 个点：{1}</translation>
    </message>
</context>
<context>
    <name>SetupPanel</name>
    <message>
        <source>«{0}» is not there; {1} is used.</source>
        <translation>“{0}”不存在；改用 {1}。</translation>
    </message>
    <message>
        <source>{0} is not taken for «{1}».</source>
        <translation>“{1}”不接受 {0}。</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>目标函数</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>课程示例</translation>
    </message>
    <message>
        <source>The course&apos;s example: Adam, lr 1e-3, from (−4, 0), 20,000 steps</source>
        <translation>课程中的例子：Adam，lr 1e-3，从 (−4, 0) 出发，20,000 步</translation>
    </message>
    <message>
        <source>from ({0}, {1})</source>
        <translation>从 ({0}, {1}) 出发</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Start {0}</source>
        <translation>起点 {0}</translation>
    </message>
    <message>
        <source>Enter starts the descent from here</source>
        <translation>按回车键从这里开始下降</translation>
    </message>
    <message>
        <source>Copy as PyTorch</source>
        <translation>复制为 PyTorch 代码</translation>
    </message>
    <message>
        <source>Points, their making and the descent</source>
        <translation>数据点、生成与下降</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>数据点</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Descent</source>
        <translation>梯度下降</translation>
    </message>
    <message>
        <source>A script that runs by itself and prints these numbers</source>
        <translation>可独立运行并打印这些数的脚本</translation>
    </message>
    <message>
        <source>Draw the squares</source>
        <translation>画出平方</translation>
    </message>
    <message>
        <source>The squared errors as squares; without them the residuals alone</source>
        <translation>用正方形表示平方误差；不画时只有残差</translation>
    </message>
    <message>
        <source>Sample, weights, units and training</source>
        <translation>样本、权重、单元与训练</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Begin with…</source>
        <translation>从预设开始……</translation>
    </message>
    <message>
        <source>by weight</source>
        <translation>按权重</translation>
    </message>
    <message>
        <source>by gradient</source>
        <translation>按梯度</translation>
    </message>
    <message>
        <source>loss E</source>
        <translation>损失 E</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Update η</source>
        <translation>更新 η</translation>
    </message>
    <message>
        <source>Learning rate η of Update; Training has its own</source>
        <translation>“更新”的学习率 η；训练另有自己的学习率</translation>
    </message>
    <message>
        <source>Draws all weights anew, with the next seed; biases become 0</source>
        <translation>用下一个种子重新抽取全部权重；偏置变为 0</translation>
    </message>
    <message>
        <source>edges</source>
        <translation>边</translation>
    </message>
    <message>
        <source>What colours the edges</source>
        <translation>边的颜色表示什么</translation>
    </message>
    <message>
        <source>New weights</source>
        <translation>新的权重</translation>
    </message>
    <message>
        <source>Initialisation of the weights</source>
        <translation>权重初始化</translation>
    </message>
    <message>
        <source>Seed of the weights</source>
        <translation>权重的随机种子</translation>
    </message>
    <message>
        <source>Scale of the weights</source>
        <translation>权重的尺度</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>尺度</translation>
    </message>
</context>
<context>
    <name>ShownList</name>
    <message>
        <source>Functions that are drawn</source>
        <translation>绘制的函数</translation>
    </message>
</context>
<context>
    <name>SoftmaxTab</name>
    <message>
        <source>Logits</source>
        <translation>各类的 logit</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>probability p</source>
        <translation>概率 p</translation>
    </message>
    <message>
        <source>What the session says of this tab can&apos;t be read.</source>
        <translation>会话中关于本页的内容无法读取。</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Softmax&lt;/h3&gt;&lt;p&gt;Softmax makes probabilities of logits: positive numbers whose sum is 1, the largest enlarged. &lt;b&gt;Drag&lt;/b&gt; a logit&apos;s bar or slider, type it, or paste a list of numbers into the table.&lt;/p&gt;&lt;p&gt;The &lt;b&gt;heat map&lt;/b&gt; shows how each probability answers to each logit: positive on the diagonal, negative beside it. Point at a cell, or walk with the arrow keys, to read its derivation and numbers; &lt;i&gt;logarithmic colours&lt;/i&gt; show the small entries, too.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Losses&lt;/b&gt; shows why cross-entropy goes with softmax: begin with &lt;i&gt;Confidently wrong&lt;/i&gt;, and play. Bars, heat map and numbers then are those of the step that is shown; the table keeps the logits of the start, and R goes back to them.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Softmax&lt;/h3&gt;&lt;p&gt;Softmax 把 logits 变成概率：都是正数，和为 1，最大的被放大。可以&lt;b&gt;拖动&lt;/b&gt;某个 logit 的柱子或滑块、输入数值，或把一列数粘贴到表中。&lt;/p&gt;&lt;p&gt;&lt;b&gt;热图&lt;/b&gt;显示每个概率如何随每个 logit 变化：对角线上为正，其余为负。指向某个单元格，或用方向键移动，即可阅读它的推导与数值；&lt;i&gt;对数颜色&lt;/i&gt;让小的元素也看得见。&lt;/p&gt;&lt;p&gt;&lt;b&gt;损失&lt;/b&gt;页说明交叉熵为何与 softmax 相配：从&lt;i&gt;自信地错了&lt;/i&gt;开始播放。此时柱状图、热图和数值都是所显示的那一步的；表中仍是起点的 logits，按 R 回到起点。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Copied: a script that prints these numbers</source>
        <translation>已复制：打印这些数的脚本</translation>
    </message>
    <message>
        <source>Jacobian</source>
        <translation>雅可比矩阵</translation>
    </message>
    <message>
        <source>Gradients of both losses</source>
        <translation>两种损失的梯度</translation>
    </message>
    <message>
        <source>Descent on the logits</source>
        <translation>对 logits 的梯度下降</translation>
    </message>
    <message>
        <source>Σp = {0}, entropy {1} nats, largest p{2} = {3}</source>
        <translation>Σp = {0}，熵 {1} 奈特，最大 p{2} = {3}</translation>
    </message>
</context>
<context>
    <name>StatusTexts</name>
    <message>
        <source>torch is not there</source>
        <translation>没有 torch</translation>
    </message>
    <message>
        <source>Loading torch…</source>
        <translation>正在加载 torch…</translation>
    </message>
    <message>
        <source>Warming up the optimizers…</source>
        <translation>正在预热优化器…</translation>
    </message>
    <message>
        <source>Looking for devices…</source>
        <translation>正在查找设备…</translation>
    </message>
</context>
<context>
    <name>SurfaceControls</name>
    <message>
        <source>linear height</source>
        <translation>线性高度</translation>
    </message>
    <message>
        <source>logarithmic height</source>
        <translation>对数高度</translation>
    </message>
    <message>
        <source>Height of the surface</source>
        <translation>曲面的高度</translation>
    </message>
    <message>
        <source>How high a point stands; the colours stay those of the map</source>
        <translation>点的高度按何种尺度显示；颜色与等高线图保持一致</translation>
    </message>
    <message>
        <source>The first view again (0, or a double click beside the surface)</source>
        <translation>回到初始视角（按 0，或在曲面之外双击）</translation>
    </message>
    <message>
        <source>click to start there, drag to turn</source>
        <translation>单击从该处开始，拖动可转动</translation>
    </message>
</context>
<context>
    <name>SurfaceView</name>
    <message>
        <source>Surface of the function; a click starts a descent there</source>
        <translation>函数的曲面；单击即从该处开始下降</translation>
    </message>
    <message>
        <source>The surface needs OpenGL, which is not to be had here; the map shows the same descent.</source>
        <translation>曲面需要 OpenGL，而此处没有；等高线图显示同样的下降过程。</translation>
    </message>
</context>
<context>
    <name>Tab</name>
    <message>
        <source>This can&apos;t be computed: {0}</source>
        <translation>无法计算：{0}</translation>
    </message>
    <message>
        <source>{0} can&apos;t be written: {1}</source>
        <translation>无法写入 {0}：{1}</translation>
    </message>
</context>
<context>
    <name>TabExport</name>
    <message>
        <source>Map</source>
        <translation>等高线图</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>曲面</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Nothing is copied: torch is not there, or a field in red has no value</source>
        <translation>未复制：torch 尚未就绪，或有标红的输入框没有值</translation>
    </message>
    <message>
        <source>Copied: a script up to step {0}</source>
        <translation>已复制：运行到第 {0} 步的脚本</translation>
    </message>
    <message>
        <source>Nothing to export: no step has been recorded yet</source>
        <translation>没有可导出的内容：还没有记录任何一步</translation>
    </message>
</context>
<context>
    <name>TorchPanel</name>
    <message>
        <source>The chain of grad_fn</source>
        <translation>梯度函数 (grad_fn) 链</translation>
    </message>
    <message>
        <source>node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>goes on to</source>
        <translation>通向</translation>
    </message>
    <message>
        <source>What {0}.grad_fn leads to. The numbers are rows; AccumulateGrad puts a gradient into .grad.</source>
        <translation>{0}.grad_fn 通向的各项。数字是行号；AccumulateGrad 把梯度放进 .grad。</translation>
    </message>
    <message>
        <source>part of {0}</source>
        <translation>{0} 的一部分</translation>
    </message>
</context>
<context>
    <name>TrainingBar</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>The weights from before the training</source>
        <translation>恢复训练之前的权重</translation>
    </message>
    <message>
        <source>Train, or pause (T)</source>
        <translation>训练或暂停 (T)</translation>
    </message>
    <message>
        <source>One update by the optimizer</source>
        <translation>优化器更新一步</translation>
    </message>
    <message>
        <source>Speed of the training, updates a second</source>
        <translation>训练速度，每秒更新次数</translation>
    </message>
    <message>
        <source>fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>{0} / s</source>
        <translation>{0} 步/秒</translation>
    </message>
</context>
<context>
    <name>TrainingPanel</name>
    <message>
        <source>The weights are those from before the training.</source>
        <translation>权重已恢复为训练之前的值。</translation>
    </message>
    <message>
        <source>{0} / s</source>
        <translation>{0} 步/秒</translation>
    </message>
    <message>
        <source>The pale curves are of the training before; T begins another.</source>
        <translation>淡色曲线属于之前的训练；按 T 重新开始一次训练。</translation>
    </message>
    <message>
        <source>T begins another training</source>
        <translation>按 T 重新开始训练</translation>
    </message>
    <message>
        <source>back before the training</source>
        <translation>已回到训练之前</translation>
    </message>
    <message>
        <source>Not started: {0}</source>
        <translation>未开始：{0}</translation>
    </message>
    <message>
        <source>Paused: the step under way is still being finished.</source>
        <translation>已暂停：正在完成当前这一步。</translation>
    </message>
    <message>
        <source>finishing the last step</source>
        <translation>正在完成最后一步</translation>
    </message>
    <message>
        <source>Stopped by an error</source>
        <translation>因错误停止</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>after {0}: {1}</source>
        <translation>{0} 步后：{1}</translation>
    </message>
    <message>
        <source>right: {0}</source>
        <translation>正确率：{0}</translation>
    </message>
    <message>
        <source>test: {0}</source>
        <translation>测试：{0}</translation>
    </message>
    <message>
        <source>Stopped at step {0}: the loss is no longer finite. A smaller learning rate may help.</source>
        <translation>在第 {0} 步停止：损失不再是有限数。可以试试更小的学习率。</translation>
    </message>
    <message>
        <source>Step {0}: E is no longer finite; try a smaller rate</source>
        <translation>第 {0} 步：E 不再有限；请试用更小的学习率</translation>
    </message>
    <message>
        <source>Step {0}: E is not finite</source>
        <translation>第 {0} 步：E 不是有限值</translation>
    </message>
    <message>
        <source>{0} · T goes on; the optimizer&apos;s memory begins anew</source>
        <translation>{0} · 按 T 继续；优化器的记忆从头开始</translation>
    </message>
    <message>
        <source>{0} · T goes on</source>
        <translation>{0} · 按 T 继续</translation>
    </message>
    <message>
        <source>All steps are done: {0}</source>
        <translation>全部步数完成：{0}</translation>
    </message>
    <message>
        <source>Stopped by an error; what was recorded stays.</source>
        <translation>因出错而停止；已记录的内容保留。</translation>
    </message>
</context>
<context>
    <name>TrainingPictures</name>
    <message>
        <source>Decision surface and gradients</source>
        <translation>决策面与梯度</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>决策面</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Only a network with two inputs has a plane of them.</source>
        <translation>只有两个输入的网络才有输入平面。</translation>
    </message>
    <message>
        <source>There are no samples.</source>
        <translation>没有样本。</translation>
    </message>
    <message>
        <source>These samples have {0} inputs; a plane has two.</source>
        <translation>这些样本有 {0} 个输入；平面只有两个。</translation>
    </message>
</context>
<context>
    <name>TrainingSettingsPage</name>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>After so many updates the training is done</source>
        <translation>更新这么多次后训练结束</translation>
    </message>
    <message>
        <source>batch (0: all)</source>
        <translation>批大小（0：全部）</translation>
    </message>
    <message>
        <source>Samples of one update; 0: all of them</source>
        <translation>一次更新所用的样本数；0 表示全部</translation>
    </message>
    <message>
        <source>order seed</source>
        <translation>次序种子</translation>
    </message>
    <message>
        <source>Of the order in which batches are drawn</source>
        <translation>决定抽取小批量的次序</translation>
    </message>
    <message>
        <source>judge every</source>
        <translation>评估间隔</translation>
    </message>
    <message>
        <source>After every so many steps the loss is taken over all samples, as the curves show it</source>
        <translation>每隔这么多步在全部样本上计算一次损失，即曲线所示</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Of the numbers it computes with</source>
        <translation>计算所用数值的精度</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>What makes an update of the gradients</source>
        <translation>如何由梯度得到一次更新</translation>
    </message>
    <message>
        <source>How</source>
        <translation>训练方式</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>Reset: back to the start, cleared (R)</source>
        <translation>重置：回到起点并清空 (R)</translation>
    </message>
    <message>
        <source>One step back (←)</source>
        <translation>后退一步 (←)</translation>
    </message>
    <message>
        <source>Run or pause (Space)</source>
        <translation>运行或暂停 (空格)</translation>
    </message>
    <message>
        <source>One step (→)</source>
        <translation>前进一步 (→)</translation>
    </message>
    <message>
        <source>Step shown</source>
        <translation>当前显示的步数</translation>
    </message>
    <message>
        <source>Speed, steps a second</source>
        <translation>速度 (步/秒)</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>{0} / s</source>
        <translation>{0} 步/秒</translation>
    </message>
</context>
<context>
    <name>TrapPage</name>
    <message>
        <source>Which trap</source>
        <translation>哪个陷阱</translation>
    </message>
    <message>
        <source>a target (1, 1) for outputs (1, n)</source>
        <translation>输出为 (1, n)，目标为 (1, 1)</translation>
    </message>
    <message>
        <source>targets (n,) for outputs (n, 1)</source>
        <translation>输出为 (n, 1)，目标为 (n,)</translation>
    </message>
    <message>
        <source>What is compared: output and target in each place</source>
        <translation>实际比较的内容：每个位置的输出与目标</translation>
    </message>
    <message>
        <source>Gradients: what resulted, and what was meant</source>
        <translation>梯度：得到的与本意的</translation>
    </message>
    <message>
        <source>With torch&apos;s mse_loss, whatever E is</source>
        <translation>用 torch 的 mse_loss，与所选的 E 无关</translation>
    </message>
    <message>
        <source>Really compared: [O, t]</source>
        <translation>实际比较的：[O, t]</translation>
    </message>
    <message>
        <source>What torch says</source>
        <translation>torch 的说法</translation>
    </message>
    <message>
        <source>outputs {0}, target {1}: torch stretches both to {2}, without an error</source>
        <translation>输出 {0}，目标 {1}：torch 把两者都扩展成 {2}，并不报错</translation>
    </message>
    <message>
        <source>outputs {0}, target {1}: nothing is stretched. Take a network with more outputs.</source>
        <translation>输出 {0}，目标 {1}：没有扩展。请选择有更多输出的网络。</translation>
    </message>
    <message>
        <source>Nothing at all.</source>
        <translation>什么也没有说。</translation>
    </message>
    <message>
        <source>mse_loss gives {0}; meant was {1}</source>
        <translation>均方误差 mse_loss 给出 {0}；本意是 {1}</translation>
    </message>
    <message>
        <source>was meant</source>
        <translation>本意</translation>
    </message>
</context>
<context>
    <name>UnitModel</name>
    <message>
        <source>unit</source>
        <translation>单元</translation>
    </message>
</context>
<context>
    <name>UnitTable</name>
    <message>
        <source>Units: z, O and δ</source>
        <translation>单元：z、O 与 δ</translation>
    </message>
</context>
<context>
    <name>ValueFields</name>
    <message>
        <source>Value of {0}</source>
        <translation>{0} 的值</translation>
    </message>
    <message>
        <source>Value of {0}, slider</source>
        <translation>{0} 的值（滑块）</translation>
    </message>
    <message>
        <source>from −{0} to {0}, as for all inputs</source>
        <translation>从 −{0} 到 {0}，所有输入相同</translation>
    </message>
</context>
<context>
    <name>ValuesTable</name>
    <message>
        <source>Values at the cursor</source>
        <translation>光标处的值</translation>
    </message>
    <message>
        <source>{0} jumps at {1}: {2} on the left, {3} on the right; torch takes f′ = {4}</source>
        <translation>{0} 在 {1} 处跳跃：左侧为 {2}，右侧为 {3}；torch 取 f′ = {4}</translation>
    </message>
    <message>
        <source>{0}′({1}): torch takes {2}; from the left {3}, from the right {4}</source>
        <translation>{0}′({1})：torch 取 {2}；左导数 {3}，右导数 {4}</translation>
    </message>
</context>
<context>
    <name>WeightModel</name>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>{0}: «{1}» is not taken; a number between −10⁶ and 10⁶ is wanted</source>
        <translation>{0}：不接受“{1}”；需要 −10⁶ 到 10⁶ 之间的数</translation>
    </message>
</context>
<context>
    <name>WeightTable</name>
    <message>
        <source>Weights and biases</source>
        <translation>权重与偏置</translation>
    </message>
</context>
<context>
    <name>catalogue</name>
    <message>
        <source>Himmelblau</source>
        <translation>Himmelblau 函数</translation>
    </message>
    <message>
        <source>Rosenbrock</source>
        <translation>Rosenbrock 函数（香蕉形山谷）</translation>
    </message>
    <message>
        <source>Beale</source>
        <translation>Beale 函数</translation>
    </message>
    <message>
        <source>Booth</source>
        <translation>Booth 函数</translation>
    </message>
    <message>
        <source>Ravine</source>
        <translation>狭长山谷</translation>
    </message>
    <message>
        <source>Sphere</source>
        <translation>球面函数</translation>
    </message>
    <message>
        <source>Rastrigin</source>
        <translation>Rastrigin 函数</translation>
    </message>
    <message>
        <source>Ackley</source>
        <translation>Ackley 函数</translation>
    </message>
    <message>
        <source>Six-hump camel</source>
        <translation>六峰驼背函数</translation>
    </message>
    <message>
        <source>Styblinski–Tang</source>
        <translation>Styblinski–Tang 函数</translation>
    </message>
    <message>
        <source>Goldstein–Price</source>
        <translation>Goldstein–Price 函数</translation>
    </message>
    <message>
        <source>McCormick</source>
        <translation>McCormick 函数</translation>
    </message>
    <message>
        <source>Two wells</source>
        <translation>双井</translation>
    </message>
    <message>
        <source>Saddle</source>
        <translation>鞍点</translation>
    </message>
    <message>
        <source>Matyas</source>
        <translation>Matyas 函数</translation>
    </message>
    <message>
        <source>Griewank</source>
        <translation>Griewank 函数</translation>
    </message>
    <message>
        <source>Three-hump camel</source>
        <translation>三峰驼背函数</translation>
    </message>
    <message>
        <source>Easom</source>
        <translation>Easom 函数</translation>
    </message>
    <message>
        <source>Branin</source>
        <translation>Branin 函数</translation>
    </message>
    <message>
        <source>Lévy 13</source>
        <translation>Lévy 13 号函数</translation>
    </message>
    <message>
        <source>Bohachevsky 1</source>
        <translation>Bohachevsky 1 号函数</translation>
    </message>
    <message>
        <source>Zakharov</source>
        <translation>Zakharov 函数</translation>
    </message>
    <message>
        <source>Dixon–Price</source>
        <translation>Dixon–Price 函数</translation>
    </message>
    <message>
        <source>Schwefel</source>
        <translation>Schwefel 函数</translation>
    </message>
    <message>
        <source>Michalewicz</source>
        <translation>Michalewicz 函数</translation>
    </message>
    <message>
        <source>Drop-wave</source>
        <translation>水滴波函数</translation>
    </message>
    <message>
        <source>Schaffer 4</source>
        <translation>Schaffer 4 号函数</translation>
    </message>
    <message>
        <source>Cross-in-tray</source>
        <translation>十字托盘函数</translation>
    </message>
    <message>
        <source>Hölder table</source>
        <translation>Hölder 桌面函数</translation>
    </message>
    <message>
        <source>Monkey saddle</source>
        <translation>猴鞍面</translation>
    </message>
    <message>
        <source>A step of −lr·∇f: plain gradient descent.</source>
        <translation>每步走 −lr·∇f：最朴素的梯度下降。</translation>
    </message>
    <message>
        <source>A heavy ball: the step keeps a share of the last one and rolls through narrow valleys.</source>
        <translation>重球法：每一步保留上一步的一部分，像小球一样滚过狭窄的谷地。</translation>
    </message>
    <message>
        <source>Momentum that corrects itself by the gradient ahead of the ball.</source>
        <translation>带修正的动量：用小球前方一点的梯度来校正。</translation>
    </message>
    <message>
        <source>Divides each coordinate&apos;s step by the root of all its squared gradients so far.</source>
        <translation>每个坐标的步长除以该坐标历来梯度平方和的平方根。</translation>
    </message>
    <message>
        <source>Scales the step by the ratio of past steps to past gradients; needs hardly a learning rate.</source>
        <translation>按以往步长与以往梯度之比缩放每一步；几乎不需要学习率。</translation>
    </message>
    <message>
        <source>Divides by a running root mean square of the gradient, which forgets.</source>
        <translation>除以梯度的滑动均方根，旧的梯度会逐渐被遗忘。</translation>
    </message>
    <message>
        <source>Running mean of the gradient over the root of its running mean square, both unbiased. The course uses it.</source>
        <translation>梯度的滑动平均除以其滑动均方根，二者都作偏差修正。课程用的就是它。</translation>
    </message>
    <message>
        <source>Adam with the weight decay taken out of the gradient.</source>
        <translation>Adam，但权重衰减不再经过梯度，而是与之解耦。</translation>
    </message>
    <message>
        <source>Adam with the largest recent gradient in place of the mean square.</source>
        <translation>Adam，但用近期最大的梯度代替均方值。</translation>
    </message>
    <message>
        <source>Adam with Nesterov&apos;s look ahead.</source>
        <translation>Adam 加上 Nesterov 的前瞻。</translation>
    </message>
    <message>
        <source>Adam that waits with its scaling until the mean square is known well enough.</source>
        <translation>Adam，但等到均方值估计得足够准之后才开始缩放。</translation>
    </message>
    <message>
        <source>Looks only at the gradient&apos;s sign and keeps a step size for each coordinate.</source>
        <translation>只看梯度的符号，为每个坐标单独维护一个步长。</translation>
    </message>
    <message>
        <source>SGD that averages the points it has visited once t0 steps are done; a new rate shows a step later.</source>
        <translation>SGD，在 t0 步之后对经过的点取平均；改变的学习率晚一步生效。</translation>
    </message>
    <message>
        <source>This optimizer reads the learning rate only at its first step: a schedule changes nothing.</source>
        <translation>此优化器只在第一步读取学习率：调度不会改变任何东西。</translation>
    </message>
    <message>
        <source>Steps relative to the size of the parameters, clipped; made for little memory.</source>
        <translation>步长与参数的大小成比例并加以裁剪；为节省内存而设计。</translation>
    </message>
    <message>
        <source>Quasi-Newton: learns the curvature from past gradients, evaluates several times a step.</source>
        <translation>拟牛顿法：从以往的梯度中学习曲率，每步多次求值。</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>The learning rate stays as it is.</source>
        <translation>学习率保持不变。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>阶梯</translation>
    </message>
    <message>
        <source>Multiplies the rate by gamma after every step_size steps.</source>
        <translation>每过 step_size 步，学习率乘以 gamma。</translation>
    </message>
    <message>
        <source>Exponential</source>
        <translation>指数</translation>
    </message>
    <message>
        <source>Multiplies the rate by gamma at every step; automatic: a hundredth is left at the end.</source>
        <translation>每一步学习率乘以 gamma；自动：结束时剩百分之一。</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Falls along half a cosine from the rate to eta_min in T_max steps.</source>
        <translation>在 T_max 步内沿半个余弦从学习率降到 eta_min。</translation>
    </message>
    <message>
        <source>Cosine, restarts</source>
        <translation>余弦重启</translation>
    </message>
    <message>
        <source>Falls along half a cosine in T_0 steps and starts anew, T_mult times as long each time.</source>
        <translation>在 T_0 步内沿半个余弦下降，然后重新开始，每次长度为上次的 T_mult 倍。</translation>
    </message>
    <message>
        <source>Linear warm-up</source>
        <translation>线性预热</translation>
    </message>
    <message>
        <source>Begins at start_factor times the rate and rises evenly to the whole rate in total_iters steps.</source>
        <translation>从学习率的 start_factor 倍开始，在 total_iters 步内均匀升到完整的学习率。</translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation>单周期</translation>
    </message>
    <message>
        <source>Rises from a small rate to max_lr and falls to almost nothing, once in total_steps steps.</source>
        <translation>在 total_steps 步内，从小学习率升到 max_lr，再降到几乎为零，只此一次。</translation>
    </message>
    <message>
        <source>Cyclic</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Rises and falls evenly between base_lr and max_lr, again and again.</source>
        <translation>在 base_lr 与 max_lr 之间均匀升降，反复进行。</translation>
    </message>
    <message>
        <source>Polynomial</source>
        <translation>多项式</translation>
    </message>
    <message>
        <source>Falls to nothing in total_iters steps as a power of what is left; power 1 is a straight line.</source>
        <translation>在 total_iters 步内按剩余步数的幂降到零；power 为 1 时是一条直线。</translation>
    </message>
    <message>
        <source>Reduce on plateau</source>
        <translation>停滞时降低</translation>
    </message>
    <message>
        <source>Multiplies the rate by factor when f has not fallen for patience steps.</source>
        <translation>当 f 连续 patience 步没有下降时，学习率乘以 factor。</translation>
    </message>
    <message>
        <source>Squashes into (0, 1), to be read as a probability. Far from 0 the derivative vanishes; at most it is ¼.</source>
        <translation>压缩到 (0, 1)，可读作概率。离 0 越远导数越趋近于零，最大也只有 ¼。</translation>
    </message>
    <message>
        <source>A sigmoid around 0, from −1 to 1: usual in recurrent networks. It saturates on both sides.</source>
        <translation>以 0 为中心、从 −1 到 1 的 S 形函数，常用于循环神经网络。两侧都会饱和。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>阶跃函数</translation>
    </message>
    <message>
        <source>The first neurons&apos;: they fire or not. Its derivative is 0 wherever there is one: nothing learns by it.</source>
        <translation>最早的神经元：要么激活，要么不激活。凡有导数之处导数都为 0，无法靠它学习。</translation>
    </message>
    <message>
        <source>A tanh of three straight lines: cheap. Outside its band the derivative is exactly 0.</source>
        <translation>由三段直线构成的 tanh，计算便宜。区间之外导数恰为 0。</translation>
    </message>
    <message>
        <source>A sigmoid of three straight lines, for phones and integers.</source>
        <translation>由三段直线构成的 sigmoid，用于手机和整数运算。</translation>
    </message>
    <message>
        <source>Like tanh, but it saturates as a power of x, not exponentially.</source>
        <translation>类似 tanh，但以 x 的幂次而不是指数速度饱和。</translation>
    </message>
    <message>
        <source>The logarithm of a probability, computed without underflow: for losses, rarely within a network.</source>
        <translation>概率的对数，计算时不会下溢：用于损失函数，很少用在网络内部。</translation>
    </message>
    <message>
        <source>The usual one: its gradient does not shrink where x &gt; 0, and is exactly 0 elsewhere: a unit can die.</source>
        <translation>最常用的激活函数：x &gt; 0 时梯度不缩小，其余处恰为 0，神经元可能“死亡”。</translation>
    </message>
    <message>
        <source>A ReLU that lets a little through on the left, so that no unit dies.</source>
        <translation>左侧也放过一点点的 ReLU，神经元不会死亡。</translation>
    </message>
    <message>
        <source>A leaky ReLU whose slope on the left is learnt like a weight.</source>
        <translation>左侧斜率像权重一样可学习的 LeakyReLU。</translation>
    </message>
    <message>
        <source>A leaky ReLU with a random slope while it trains; shown here as it is in evaluation, with the mean slope.</source>
        <translation>训练时斜率随机的 LeakyReLU；这里显示评估模式，斜率取均值。</translation>
    </message>
    <message>
        <source>A ReLU that stops at 6, so that few bits hold its values.</source>
        <translation>到 6 为止的 ReLU，用很少的位数就能存放其值。</translation>
    </message>
    <message>
        <source>A ReLU that bends smoothly to −α on the left: the mean of its outputs lies nearer to 0.</source>
        <translation>左侧平滑地弯向 −α 的 ReLU，输出均值更接近 0。</translation>
    </message>
    <message>
        <source>An ELU scaled so that mean 0 and variance 1 are kept from layer to layer (with LeCun&apos;s initialisation).</source>
        <translation>经过缩放的 ELU，逐层保持均值 0、方差 1（配合 LeCun 初始化）。</translation>
    </message>
    <message>
        <source>An ELU without a kink at 0, whatever α is.</source>
        <translation>无论 α 取何值，在 0 处都没有折点的 ELU。</translation>
    </message>
    <message>
        <source>Lets through what is over a threshold and puts a fixed value in place of the rest.</source>
        <translation>放过超过阈值的部分，其余以固定值代替。</translation>
    </message>
    <message>
        <source>x times its sigmoid, also called swish: smooth, and not monotonic left of 0.</source>
        <translation>x 乘以其 sigmoid，也叫 swish：光滑，在 0 左侧不单调。</translation>
    </message>
    <message>
        <source>x times the probability that a normal number is smaller: usual in transformers.</source>
        <translation>x 乘以正态随机数小于它的概率：Transformer 中常用。</translation>
    </message>
    <message>
        <source>GELU by a tanh, as GPT-2 and BERT computed it.</source>
        <translation>用 tanh 近似的 GELU，GPT-2 和 BERT 就是这样算的。</translation>
    </message>
    <message>
        <source>Smooth like SiLU, a little deeper left of 0.</source>
        <translation>像 SiLU 一样光滑，在 0 左侧稍深一些。</translation>
    </message>
    <message>
        <source>SiLU of a parabola and two lines, for phones.</source>
        <translation>由抛物线和两段直线构成的 SiLU，用于手机。</translation>
    </message>
    <message>
        <source>A ReLU with a round corner: its derivative is the sigmoid. Used where a number must be positive.</source>
        <translation>转角圆滑的 ReLU：其导数就是 sigmoid。用于必须为正的量。</translation>
    </message>
    <message>
        <source>Pulls everything by λ towards 0: the step of sparse coding and of the lasso.</source>
        <translation>把一切向 0 拉近 λ：稀疏编码和 Lasso 的一步。</translation>
    </message>
    <message>
        <source>Drops what is small and leaves the rest as it is; f itself jumps at ±λ.</source>
        <translation>丢掉小的，其余保持不变；f 本身在 ±λ 处跳变。</translation>
    </message>
    <message>
        <source>What tanh leaves of x: a smooth shrinker, flat around 0.</source>
        <translation>x 减去 tanh 的剩余：光滑的收缩函数，在 0 附近平坦。</translation>
    </message>
    <message>
        <source>Fixed w</source>
        <translation>固定的 w</translation>
    </message>
    <message>
        <source>the course</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Every weight is w/n: all units of a layer are one, and the network is the chain x → f(w·x + b).</source>
        <translation>每个权重都是 w/n：一层的所有单元相同，网络就是链 x → f(w·x + b)。</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>正态</translation>
    </message>
    <message>
        <source>Normal numbers with the variance 1/n of n inputs, whatever the activation.</source>
        <translation>方差为 1/n（n 为输入数）的正态随机数，与激活函数无关。</translation>
    </message>
    <message>
        <source>Xavier (uniform)</source>
        <translation>Xavier（均匀）</translation>
    </message>
    <message>
        <source>Keeps the variance in both directions, for functions that are straight around 0 such as tanh.</source>
        <translation>在前向和反向都保持方差，适用于在 0 附近近似直线的函数，如 tanh。</translation>
    </message>
    <message>
        <source>Xavier (normal)</source>
        <translation>Xavier（正态）</translation>
    </message>
    <message>
        <source>The same with normal numbers.</source>
        <translation>同上，但取正态随机数。</translation>
    </message>
    <message>
        <source>Kaiming (uniform)</source>
        <translation>Kaiming（均匀）</translation>
    </message>
    <message>
        <source>Keeps the variance through ReLU, which drops half of it.</source>
        <translation>在丢掉一半的 ReLU 之后仍保持方差。</translation>
    </message>
    <message>
        <source>Kaiming (normal)</source>
        <translation>Kaiming（正态）</translation>
    </message>
    <message>
        <source>Orthogonal</source>
        <translation>正交</translation>
    </message>
    <message>
        <source>A random rotation: lengths are kept exactly, but for what the activation does.</source>
        <translation>随机旋转：除激活函数的影响外，长度严格保持。</translation>
    </message>
    <message>
        <source>Mean squared error</source>
        <translation>均方误差</translation>
    </message>
    <message>
        <source>Sum of squares</source>
        <translation>平方和</translation>
    </message>
    <message>
        <source>Norm, squared</source>
        <translation>范数的平方</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>Does not grow with the number of points: one learning rate for every batch. torch calls it mse_loss.</source>
        <translation>不随点数增大：任何批量都可用同一个学习率。torch 称之为 mse_loss。</translation>
    </message>
    <message>
        <source>What the squares in the picture cover together.</source>
        <translation>图中各正方形面积之和。</translation>
    </message>
    <message>
        <source>The same number as the sum of squares: the loss is norm², not the norm.</source>
        <translation>与平方和是同一个数：损失是范数的平方，而不是范数。</translation>
    </message>
    <message>
        <source>The root of it: lowest at the same place, but with another gradient, and a kink where every residual is 0.</source>
        <translation>它的平方根：最低点相同，但梯度不同；所有残差为 0 处有一个尖点。</translation>
    </message>
    <message>
        <source>A line with noise</source>
        <translation>带噪声的直线</translation>
    </message>
    <message>
        <source>Thirty points around y = 2x + 1.</source>
        <translation>y = 2x + 1 附近的三十个点。</translation>
    </message>
    <message>
        <source>The course&apos;s sample</source>
        <translation>课程的例子</translation>
    </message>
    <message>
        <source>x = 1 with target 1, w = 2 and no b: the loss is 1, its gradient 2.</source>
        <translation>x = 1，目标为 1，w = 2，没有 b：损失为 1，梯度为 2。</translation>
    </message>
    <message>
        <source>Three outliers</source>
        <translation>三个离群点</translation>
    </message>
    <message>
        <source>Squares make three points count for more than the other twenty-seven.</source>
        <translation>平方使三个点的分量超过其余二十七个点。</translation>
    </message>
    <message>
        <source>Far from zero</source>
        <translation>远离零点</translation>
    </message>
    <message>
        <source>x lies around 20: w and b pull at each other, and the map becomes a ravine.</source>
        <translation>x 在 20 附近：w 与 b 相互牵制，等高线图变成一条峡谷。</translation>
    </message>
    <message>
        <source>Two hundred points</source>
        <translation>两百个点</translation>
    </message>
    <message>
        <source>Enough for mini-batches to be worth their noise.</source>
        <translation>点数足够多，小批量的噪声才值得。</translation>
    </message>
    <message>
        <source>The gradient of w</source>
        <translation>w 的梯度</translation>
    </message>
    <message>
        <source>w asks for its gradient from the start, and autograd.grad returns it.</source>
        <translation>w 从一开始就要求梯度，autograd.grad 将它返回。</translation>
    </message>
    <message>
        <source>w asks for none</source>
        <translation>w 不要求梯度</translation>
    </message>
    <message>
        <source>Without requires_grad torch keeps no graph: there is nothing to go back along.</source>
        <translation>没有 requires_grad，torch 不保留计算图：没有可以反向走的路。</translation>
    </message>
    <message>
        <source>The graph came first</source>
        <translation>先建了图</translation>
    </message>
    <message>
        <source>requires_grad_() changes w, but not the graph that was built before: the same error again.</source>
        <translation>requires_grad_() 改变了 w，但没有改变之前建好的图：仍是同样的错误。</translation>
    </message>
    <message>
        <source>The graph, built again</source>
        <translation>重新建图</translation>
    </message>
    <message>
        <source>After requires_grad_() the loss is computed again: now w is in its graph.</source>
        <translation>requires_grad_() 之后重新计算损失：现在 w 在它的图中。</translation>
    </message>
    <message>
        <source>backward() and .grad</source>
        <translation>backward() 与 .grad</translation>
    </message>
    <message>
        <source>The same gradient, but it lands in w.grad, and backward() returns nothing.</source>
        <translation>同一个梯度，但它落在 w.grad 中，backward() 什么也不返回。</translation>
    </message>
    <message>
        <source>backward() twice</source>
        <translation>两次 backward()</translation>
    </message>
    <message>
        <source>The first one frees what the graph had saved; the second finds nothing left.</source>
        <translation>第一次释放了图中保存的内容；第二次什么也找不到了。</translation>
    </message>
    <message>
        <source>With retain_graph=True</source>
        <translation>使用 retain_graph=True</translation>
    </message>
    <message>
        <source>The graph is kept, the second one works, and .grad has become twice as large.</source>
        <translation>图被保留，第二次成功，而 .grad 变成了两倍。</translation>
    </message>
    <message>
        <source>Without zero_grad</source>
        <translation>不用 zero_grad</translation>
    </message>
    <message>
        <source>A new graph every step, as in training: .grad adds up all the same.</source>
        <translation>像训练时那样每步建新图：.grad 照样累加。</translation>
    </message>
    <message>
        <source>With zero_grad</source>
        <translation>使用 zero_grad</translation>
    </message>
    <message>
        <source>Emptied before each backward(), .grad is the gradient of this step alone.</source>
        <translation>每次 backward() 前清空，.grad 就只是这一步的梯度。</translation>
    </message>
    <message>
        <source>autograd.grad twice</source>
        <translation>两次 autograd.grad</translation>
    </message>
    <message>
        <source>autograd.grad frees the graph as well, and never touches w.grad.</source>
        <translation>autograd.grad 同样释放计算图，并且从不改动 w.grad。</translation>
    </message>
    <message>
        <source>A step in place</source>
        <translation>原地走一步</translation>
    </message>
    <message>
        <source>w may not be changed while autograd watches; under no_grad the step is taken.</source>
        <translation>autograd 看着时不能改动 w；在 no_grad 之下才能走这一步。</translation>
    </message>
    <message>
        <source>A loss of many numbers</source>
        <translation>多个数的损失</translation>
    </message>
    <message>
        <source>backward() wants one number; the squares must be summed or averaged first.</source>
        <translation>backward() 需要一个数；平方要先求和或求平均。</translation>
    </message>
    <message>
        <source>A whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>Only numbers with a decimal point can have a gradient: 2 is none, 2.0 is.</source>
        <translation>只有浮点数才能有梯度：2 不行，2.0 可以。</translation>
    </message>
    <message>
        <source>Taken out of the graph</source>
        <translation>从图中取出</translation>
    </message>
    <message>
        <source>detach() gives the same number without its history: nothing leads back to w.</source>
        <translation>detach() 给出同一个数但没有历史：没有路通回 w。</translation>
    </message>
    <message>
        <source>Cross-entropy</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>Its gradient is p − y: the surer the wrong answer, the stronger the pull.</source>
        <translation>它的梯度是 p − y：错误的答案越肯定，拉力越强。</translation>
    </message>
    <message>
        <source>Its gradient goes back through softmax: where one p is almost 1, right or wrong, nothing comes through.</source>
        <translation>它的梯度要反向穿过 softmax：当某个 p 几乎为 1 时，无论对错，什么都传不过来。</translation>
    </message>
    <message>
        <source>2, 1, 0.1</source>
        <translation>三个数 2, 1, 0.1</translation>
    </message>
    <message>
        <source>The largest logit is twice the next; its probability almost three times.</source>
        <translation>最大的 logit 是第二个的两倍；它的概率几乎是三倍。</translation>
    </message>
    <message>
        <source>The course&apos;s random three</source>
        <translation>课程的三个随机数</translation>
    </message>
    <message>
        <source>torch.rand(3), from the seed you choose.</source>
        <translation>torch.rand(3)，种子由您选择。</translation>
    </message>
    <message>
        <source>One dominates</source>
        <translation>一个占优</translation>
    </message>
    <message>
        <source>One p is almost 1: there is little left to differentiate.</source>
        <translation>一个 p 几乎为 1：几乎没有什么可求导的了。</translation>
    </message>
    <message>
        <source>All equal</source>
        <translation>全部相等</translation>
    </message>
    <message>
        <source>Every p is 1/n: softmax has no opinion, and the largest entropy.</source>
        <translation>每个 p 都是 1/n：softmax 没有偏向，熵最大。</translation>
    </message>
    <message>
        <source>±10,000</source>
        <translation>极端值 ±10,000</translation>
    </message>
    <message>
        <source>e^10,000 is no number of a computer: the naive form fails, the stable one does not.</source>
        <translation>e^10,000 在计算机中不是一个数：朴素的形式失败，稳定的形式不会。</translation>
    </message>
    <message>
        <source>Confidently wrong</source>
        <translation>自信地错了</translation>
    </message>
    <message>
        <source>Sure of another class than the target: one gradient vanishes, the other pulls.</source>
        <translation>肯定地选了目标以外的类别：一个梯度消失，另一个仍在拉动。</translation>
    </message>
    <message>
        <source>row {0}: {1} is empty</source>
        <translation>第 {0} 行：{1} 为空</translation>
    </message>
    <message>
        <source>row {0}: {1} is missing</source>
        <translation>第 {0} 行：缺少 {1}</translation>
    </message>
    <message>
        <source>row {0}: there are more than two columns; «{2}» is one too many</source>
        <translation>第 {0} 行：多于两列；«{2}» 是多余的一列</translation>
    </message>
    <message>
        <source>row {0}: commas both between columns and in numbers: «{2}» can&apos;t be told apart; put semicolons in between</source>
        <translation>第 {0} 行：列之间和数字里都有逗号，无法分清 «{2}»；请在列之间用分号</translation>
    </message>
    <message>
        <source>row {0}, {1}: «{2}» is no number</source>
        <translation>第 {0} 行，{1}：«{2}» 不是数</translation>
    </message>
    <message>
        <source>row {0}, {1}: «{2}» stands for no value</source>
        <translation>第 {0} 行，{1}：«{2}» 表示没有值</translation>
    </message>
    <message>
        <source>row {0}, {1}: «{2}» is not finite</source>
        <translation>第 {0} 行，{1}：«{2}» 不是有限的数</translation>
    </message>
    <message>
        <source>row {0}, {1}: «{2}» does not lie between {3:g} and {4:g}</source>
        <translation>第 {0} 行，{1}：«{2}» 不在 {3:g} 与 {4:g} 之间</translation>
    </message>
    <message>
        <source>row {0}, {1}: «{2}» is more than a number; only «{3}» of it is one</source>
        <translation>第 {0} 行，{1}：«{2}» 不只是一个数；其中只有 «{3}» 是数</translation>
    </message>
    <message>
        <source>row {0}, {1}: «{2}» has signs that only look like digits; write {3}</source>
        <translation>第 {0} 行，{1}：«{2}» 中有只是看起来像数字的字符；请写 {3}</translation>
    </message>
    <message>
        <source>row {0}, {1}: «{2}» has a point and a comma; write decimals with a point and thousands without</source>
        <translation>第 {0} 行，{1}：«{2}» 既有点又有逗号；小数请用点，千位不要分隔</translation>
    </message>
    <message>
        <source>row {0}, {1}: «{2}» has a comma where other numbers have a point; it may be a decimal or not</source>
        <translation>第 {0} 行，{1}：«{2}» 有逗号，而其他数用点；它可能是小数，也可能不是</translation>
    </message>
    <message>
        <source>row {0}, {1}: «{2}» may be thousands or a decimal; write decimals with a point and thousands without a comma</source>
        <translation>第 {0} 行，{1}：«{2}» 可能是千位分隔，也可能是小数；小数请用点，千位不要加逗号</translation>
    </message>
    <message>
        <source>row {0}: the line can&apos;t be read</source>
        <translation>第 {0} 行：无法读取这一行</translation>
    </message>
    <message>
        <source>row {0}: from here on the rows have no room; at most {3} points</source>
        <translation>第 {0} 行：从这里起放不下了；最多 {3} 个点</translation>
    </message>
    <message>
        <source>row {0}: from here on the rows are not read; at most {3} rows</source>
        <translation>第 {0} 行：从这里起的行不再读取；最多 {3} 行</translation>
    </message>
    <message>
        <source>the text is longer than {0} million letters</source>
        <translation>文本超过 {0} 百万个字符</translation>
    </message>
    <message>
        <source>it is not a text file</source>
        <translation>它不是文本文件</translation>
    </message>
    <message>
        <source>{0} numbers for x and {1} for y</source>
        <translation>x 有 {0} 个数，y 有 {1} 个数</translation>
    </message>
    <message>
        <source>{0} points are too many; at most {1}</source>
        <translation>{0} 个点太多；最多 {1} 个</translation>
    </message>
    <message>
        <source>{0} of point {1} is {2}; it must lie between {3:g} and {4:g}</source>
        <translation>第 {1} 个点的 {0} 是 {2}；它必须在 {3:g} 与 {4:g} 之间</translation>
    </message>
    <message>
        <source>there are no points</source>
        <translation>没有点</translation>
    </message>
    <message>
        <source>the file is larger than {0} MB</source>
        <translation>文件大于 {0} MB</translation>
    </message>
    <message>
        <source>{0} is {1}, which is no number of its kind</source>
        <translation>{0} 是 {1}，不是这一类的数</translation>
    </message>
    <message>
        <source>{0} is {1}; it must lie between {2:g} and {3:g}</source>
        <translation>{0} 是 {1}；它必须在 {2:g} 与 {3:g} 之间</translation>
    </message>
    <message>
        <source>logit {0} is {1:.10g}; it must lie between −10⁶ and 10⁶</source>
        <translation>logit {0} 是 {1:.10g}；它必须在 −10⁶ 与 10⁶ 之间</translation>
    </message>
    <message>
        <source>x must go from a smaller to a larger number</source>
        <translation>x 必须从较小的数到较大的数</translation>
    </message>
    <message>
        <source>there is no form of the loss called «{0}»</source>
        <translation>没有名为 «{0}» 的损失形式</translation>
    </message>
    <message>
        <source>{0} logits; there must be {1} to {2}</source>
        <translation>有 {0} 个 logit；必须有 {1} 到 {2} 个</translation>
    </message>
    <message>
        <source>the temperature is {0}; it must lie between {1:g} and {2:g}</source>
        <translation>温度是 {0}；它必须在 {1:g} 与 {2:g} 之间</translation>
    </message>
    <message>
        <source>the target is {0}; it must lie between 0 and {1}</source>
        <translation>目标是 {0}；它必须在 0 与 {1} 之间</translation>
    </message>
    <message>
        <source>The course&apos;s chain</source>
        <translation>课程中的链</translation>
    </message>
    <message>
        <source>Two linear forms, one in the other: ∂y2/∂w1 = ∂y2/∂y1 · ∂y1/∂w1 = 2 · 1 = 2.</source>
        <translation>两个线性式，一环套一环：∂y2/∂w1 = ∂y2/∂y1 · ∂y1/∂w1 = 2 · 1 = 2。</translation>
    </message>
    <message>
        <source>Sigmoid of a linear form</source>
        <translation>线性式的 Sigmoid</translation>
    </message>
    <message>
        <source>One neuron and its error: ∂E/∂w = (o − t) · o(1 − o) · x.</source>
        <translation>一个神经元及其误差：∂E/∂w = (o − t) · o(1 − o) · x。</translation>
    </message>
    <message>
        <source>Softmax and cross-entropy of two</source>
        <translation>两个数的 Softmax 与交叉熵</translation>
    </message>
    <message>
        <source>The class is the first of two: ∂E/∂a1 = p1 − 1 and ∂E/∂a2 = p2.</source>
        <translation>正确类别是两个中的第一个：∂E/∂a1 = p1 − 1，∂E/∂a2 = p2。</translation>
    </message>
    <message>
        <source>A product of many</source>
        <translation>多个因子的积</translation>
    </message>
    <message>
        <source>The derivative by one factor is the product of all the others: small factors make it vanish, large ones grow.</source>
        <translation>对一个因子求导就是其余所有因子的积：因子小则梯度弥散，因子大则增长。</translation>
    </message>
    <message>
        <source>A value used twice</source>
        <translation>一个值用了两次</translation>
    </message>
    <message>
        <source>Two paths lead from u to y: their products are added.</source>
        <translation>从 u 到 y 有两条路径：把各自的积相加。</translation>
    </message>
    <message>
        <source>Himmelblau at a point</source>
        <translation>一点处的 Himmelblau</translation>
    </message>
    <message>
        <source>The course&apos;s function at its first start: from x two paths lead to f, one through each bracket.</source>
        <translation>课程中的函数在第一个起点处：从 x 到 f 有两条路径，各经过一个括号。</translation>
    </message>
    <message>
        <source>Single-output perceptron</source>
        <translation>单输出感知机</translation>
    </message>
    <message>
        <source>The course&apos;s: ten inputs, one sigmoid, target 1. ∂E/∂wⱼ = (O − t) O(1 − O) xⱼ depends on its own input alone.</source>
        <translation>课程中的例子：十个输入，一个 Sigmoid，目标为 1。∂E/∂wⱼ = (O − t) O(1 − O) xⱼ 只与自己的输入有关。</translation>
    </message>
    <message>
        <source>Multi-output perceptron</source>
        <translation>多输出感知机</translation>
    </message>
    <message>
        <source>The course&apos;s: ten inputs, two sigmoids. Of the sum over the outputs only one term holds a weight.</source>
        <translation>课程中的例子：十个输入，两个 Sigmoid。对输出求和时，只有一项含有该权重。</translation>
    </message>
    <message>
        <source>Multi-layer perceptron 2-3-2</source>
        <translation>多层感知机 2-3-2</translation>
    </message>
    <message>
        <source>The course&apos;s back-propagation: δₖ at the outputs, δⱼ = Oⱼ(1 − Oⱼ) Σ δₖ Wⱼₖ before them.</source>
        <translation>课程中的反向传播：输出处是 δₖ，其前一层是 δⱼ = Oⱼ(1 − Oⱼ) Σ δₖ Wⱼₖ。</translation>
    </message>
    <message>
        <source>XOR 2-4-1</source>
        <translation>异或 2-4-1</translation>
    </message>
    <message>
        <source>What one perceptron can&apos;t: a hidden layer of tanh bends the line.</source>
        <translation>一个感知机做不到的事：tanh 隐藏层把直线弯过来。</translation>
    </message>
    <message>
        <source>Two classes 2-8-8-2</source>
        <translation>两类 2-8-8-2</translation>
    </message>
    <message>
        <source>ReLU, and logits into softmax and cross-entropy: how classifiers are trained.</source>
        <translation>ReLU，再把 logits 送入 Softmax 与交叉熵：分类器就是这样训练的。</translation>
    </message>
    <message>
        <source>Deep 2-12-12-12-12-12-1</source>
        <translation>深层 2-12-12-12-12-12-1</translation>
    </message>
    <message>
        <source>Six layers of sigmoids: look at how small the gradient is in the first of them.</source>
        <translation>六层 Sigmoid：看第一层的梯度有多小。</translation>
    </message>
    <message>
        <source>½ Σ (O − t)²</source>
        <translation>平方和之半 ½ Σ (O − t)²</translation>
    </message>
    <message>
        <source>The course&apos;s: half the sum of the squares, so that the 2 of the derivative falls away.</source>
        <translation>课程中的损失：平方和的一半，求导时的 2 正好消去。</translation>
    </message>
    <message>
        <source>torch&apos;s mse_loss: the mean over the outputs. With one output its gradient is twice the course&apos;s.</source>
        <translation>torch 的 mse_loss：对输出取平均。只有一个输出时，其梯度是课程公式的两倍。</translation>
    </message>
    <message>
        <source>Softmax + cross-entropy</source>
        <translation>Softmax + 交叉熵</translation>
    </message>
    <message>
        <source>The outputs are logits; softmax makes them probabilities p. ∂E/∂O is p − t where the targets sum to 1.</source>
        <translation>输出是 logits，Softmax 把它们变成概率 p。目标之和为 1 时，∂E/∂O 就是 p − t。</translation>
    </message>
    <message>
        <source>AND</source>
        <translation>与 (AND)</translation>
    </message>
    <message>
        <source>1 where both inputs are 1: a straight line does it.</source>
        <translation>两个输入都为 1 时为 1：一条直线就能分开。</translation>
    </message>
    <message>
        <source>OR</source>
        <translation>或 (OR)</translation>
    </message>
    <message>
        <source>1 where one of the inputs is 1: a straight line does it.</source>
        <translation>有一个输入为 1 时为 1：一条直线就能分开。</translation>
    </message>
    <message>
        <source>XOR</source>
        <translation>异或 (XOR)</translation>
    </message>
    <message>
        <source>1 where the inputs differ: no straight line does it, a hidden layer does.</source>
        <translation>两个输入不同时为 1：一条直线分不开，加隐藏层才行。</translation>
    </message>
    <message>
        <source>Two moons</source>
        <translation>双月</translation>
    </message>
    <message>
        <source>Two half circles, one in the other.</source>
        <translation>两个互相嵌套的半圆。</translation>
    </message>
    <message>
        <source>Circles</source>
        <translation>同心圆</translation>
    </message>
    <message>
        <source>A small circle within a large one.</source>
        <translation>大圆里套一个小圆。</translation>
    </message>
    <message>
        <source>Spiral</source>
        <translation>螺旋</translation>
    </message>
    <message>
        <source>Two arms around each other: the hardest for a small network.</source>
        <translation>两条互相缠绕的旋臂：对小网络最难。</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>恒等</translation>
    </message>
    <message>
        <source>No activation: the layer is linear. What softmax or a regression wants as its last.</source>
        <translation>没有激活函数：这一层是线性的。Softmax 或回归的最后一层就用它。</translation>
    </message>
    <message>
        <source>{0}: no logits; numbers between −10⁶ and 10⁶ are wanted</source>
        <translation>{0} 不是 logit；需要 −10⁶ 到 10⁶ 之间的数</translation>
    </message>
    <message>
        <source>{0} and {1} more: no logits; numbers between −10⁶ and 10⁶ are wanted</source>
        <translation>{0} 以及另外 {1} 个不是 logit；需要 −10⁶ 到 10⁶ 之间的数</translation>
    </message>
    <message>
        <source>{0} numbers were pasted; {1} to {2} are wanted</source>
        <translation>粘贴了 {0} 个数；需要 {1} 到 {2} 个</translation>
    </message>
    <message>
        <source>«{0}» may be one number or two: write decimals with a point, or put semicolons between the numbers</source>
        <translation>“{0}”可能是一个数，也可能是两个数：请用小数点书写小数，或用分号分隔各数</translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open session…</source>
        <translation>打开会话(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save session…</source>
        <translation>保存会话(&amp;S)…</translation>
    </message>
    <message>
        <source>Back to the session &amp;before</source>
        <translation>回到上一个会话(&amp;B)</translation>
    </message>
    <message>
        <source>Export &amp;picture…</source>
        <translation>导出图片(&amp;P)…</translation>
    </message>
    <message>
        <source>Export &amp;data…</source>
        <translation>导出数据(&amp;D)…</translation>
    </message>
    <message>
        <source>Export &amp;animation…</source>
        <translation>导出动画(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Copy as PyTorch</source>
        <translation>复制为 PyTorch 代码(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Presentation: larger type</source>
        <translation>演示模式：放大字号(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>Fold the &amp;left panel</source>
        <translation>折叠左侧面板(&amp;L)</translation>
    </message>
    <message>
        <source>Fold the &amp;right panel</source>
        <translation>折叠右侧面板(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>What this tab &amp;shows</source>
        <translation>本页说明(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About gradviz</source>
        <translation>关于 gradviz(&amp;A)</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Run or pause</source>
        <translation>运行或暂停</translation>
    </message>
    <message>
        <source>One step</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>The first, the last recorded step</source>
        <translation>第一步，最后记录的一步</translation>
    </message>
    <message>
        <source>Reset: back to the start, cleared</source>
        <translation>重置：回到起点并清空</translation>
    </message>
    <message>
        <source>Cancel what runs; what was recorded stays</source>
        <translation>取消正在运行的下降；已记录的内容保留</translation>
    </message>
    <message>
        <source>Zoom in, zoom out, the whole map</source>
        <translation>放大，缩小，显示全图</translation>
    </message>
    <message>
        <source>Map, surface or both</source>
        <translation>等高线图、曲面或两者</translation>
    </message>
    <message>
        <source>Move what is seen of the map or the surface</source>
        <translation>移动地图或曲面的可见部分</translation>
    </message>
    <message>
        <source>Turn the surface</source>
        <translation>转动曲面</translation>
    </message>
    <message>
        <source>Activations: move the cursor, put it to 0</source>
        <translation>激活函数：移动光标，回到 0</translation>
    </message>
    <message>
        <source>Loss: from point to point of the picture that has the focus</source>
        <translation>损失函数：在有焦点的图中逐点移动</translation>
    </message>
    <message>
        <source>Loss: move the chosen point; Delete takes it away</source>
        <translation>损失函数：移动选中的点；按 Delete 删除</translation>
    </message>
    <message>
        <source>Loss, Softmax, Network: as before the last change, and back</source>
        <translation>损失函数、Softmax、神经网络：回到上一次更改之前，再返回</translation>
    </message>
    <message>
        <source>Softmax: a step on the logits and back, the start of the path</source>
        <translation>Softmax：在 logit 上走一步或退一步，回到路径起点</translation>
    </message>
    <message>
        <source>Chain rule: from node to node of the graph that has the focus</source>
        <translation>链式法则：在有焦点的图中逐个节点移动</translation>
    </message>
    <message>
        <source>Chain rule: along the edges of a node</source>
        <translation>链式法则：沿节点的各条边移动</translation>
    </message>
    <message>
        <source>Softmax: from cell to cell of the heat map that has the focus</source>
        <translation>Softmax：在获得焦点的热图中逐格移动</translation>
    </message>
    <message>
        <source>Network: the start of the pass, all gradients, before all updates</source>
        <translation>神经网络：传播的开始、所有梯度、所有更新之前</translation>
    </message>
    <message>
        <source>Network: from node to node of the drawing that has the focus</source>
        <translation>神经网络：在有焦点的图中逐个节点移动</translation>
    </message>
    <message>
        <source>Network: from edge to edge of the drawing</source>
        <translation>神经网络：在图中逐条边移动</translation>
    </message>
    <message>
        <source>Network: a phase on, a phase back, whatever is selected</source>
        <translation>神经网络：前进一个阶段、后退一个阶段，无论选中什么</translation>
    </message>
    <message>
        <source>Network: change the number of what is selected</source>
        <translation>神经网络：修改选中的数</translation>
    </message>
    <message>
        <source>Network: train, or pause</source>
        <translation>神经网络：训练或暂停</translation>
    </message>
</context>
<context>
    <name>tabs</name>
    <message>
        <source>Activations</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失函数</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>Softmax 函数</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>神经网络</translation>
    </message>
    <message>
        <source>Chain rule</source>
        <translation>链式法则</translation>
    </message>
    <message>
        <source>Descent</source>
        <translation>梯度下降</translation>
    </message>
</context>
</TS>
